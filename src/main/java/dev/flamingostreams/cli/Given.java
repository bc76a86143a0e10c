package dev.flamingostreams.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What was written on the command line; what would mean nothing is refused, not dropped. */
final class Given {
  private final CommandSpec spec;
  private final ParseResult parsed;

  Given(CommandSpec spec) {
    this.spec = spec;
    parsed = spec.commandLine().getParseResult();
  }

  /**
   * Refuses options.
   *
   * @param why the end of a sentence that begins with the option
   */
  void refuse(List<String> options, String why) {
    options.stream()
        .filter(parsed::hasMatchedOption)
        .findFirst()
        .ifPresent(
            option -> {
              throw new CommandException(ExitCode.USAGE, option + " " + why);
            });
  }

  /**
   * Refuses all options of a mixin.
   *
   * @param mixin the name of its field
   */
  void refuseMixin(String mixin, String why) {
    CommandSpec options = requireNonNull(spec.mixins().get(mixin), mixin);
    refuse(options.options().stream().map(OptionSpec::longestName).toList(), why);
  }

  /** Refuses the first argument that is no option. */
  void refuseArgument(String why) {
    if (parsed.hasMatchedPositional(0)) {
      throw new CommandException(ExitCode.USAGE, why);
    }
  }
}
