package dev.flamingostreams.cli;

import dev.flamingostreams.hub.Hub;
import dev.flamingostreams.hub.HubAddress;
import dev.flamingostreams.hub.Release;
import dev.flamingostreams.hub.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a released checkpoint. */
@Command(
    name = "pull",
    description = {
      "Fetches the files of a released checkpoint from a Hugging Face hub: weights, config and"
          + " tokenizer, each checked by its hash.",
      "Given again, an interrupted pull goes on. A token is read from HF_TOKEN, another hub from"
          + " HF_ENDPOINT."
    })
final class PullCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description =
          "openflamingo-3b, openflamingo-4b, openflamingo-9b, flamingo-mini, flamingo-tiny, or a"
              + " repository: owner/name.")
  private String name;

  @Option(names = "--out", required = true, description = "Directory that the files go to.")
  private Path out;

  @Option(names = "--revision", description = "Branch, tag or commit, of a repository only (main).")
  private @Nullable String revision;

  @Option(names = "--hub", description = "Address of the hub (" + HubAddress.DEFAULT + ").")
  private @Nullable String address;

  @Option(
      names = "--insecure",
      description = "Let the hub be one of plain HTTP, which shows a token to the network.")
  private boolean insecure;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Release release = Release.named(name).orElse(null);
    checkUsage(release);
    HubAddress hub = HubAddress.of(address(System.getenv("HF_ENDPOINT")), insecure);
    List<Hub.Part> parts = release == null ? List.of(repository()) : parts(release);
    PrintWriter err = spec.commandLine().getErr();
    PullLines lines =
        new PullLines(out, err, Boolean.getBoolean("flamingo.terminal.error"), System::nanoTime);
    Map<Hub.Part, List<Path>> weights = new Hub(hub, System.getenv("HF_TOKEN")).pull(parts, lines);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(
        release == null ? one() : next(parts, weights.getOrDefault(parts.get(2), List.of())));
    terminal.flush();
    return ExitCode.OK;
  }

  private void checkUsage(@Nullable Release release) {
    if (release == null && !name.contains("/")) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no release '%s'; known are %s, or give a repository as owner/name"
              .formatted(name, String.join(", ", Release.names())));
    }
    if (release != null && revision != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--revision is for one repository, %s is three: %s, %s, %s"
              .formatted(name, release.vision(), release.language(), release.flamingo()));
    }
  }

  private String address(@Nullable String environment) {
    if (address != null) {
      return address;
    }
    return environment == null || environment.isBlank() ? HubAddress.DEFAULT : environment;
  }

  private Hub.Part repository() {
    return new Hub.Part(new Repository(name, revision == null ? Repository.MAIN : revision), out);
  }

  private List<Hub.Part> parts(Release release) {
    return List.of(
        part(release.vision(), "vision"),
        part(release.language(), "language"),
        part(release.flamingo(), "flamingo"));
  }

  private Hub.Part part(String repository, String directory) {
    return new Hub.Part(new Repository(repository, Repository.MAIN), out.resolve(directory));
  }

  private String one() {
    return "%s is in %s; flamingo model import takes it as --vision, --language or --flamingo"
        .formatted(name, out);
  }

  /** The command that makes a model of what is here, for a shell. */
  private static String next(List<Hub.Part> parts, List<Path> checkpoint) {
    Path flamingo = checkpoint.size() == 1 ? checkpoint.get(0) : parts.get(2).directory();
    return """
        All is here. Next:
          flamingo model import \\
            --vision %s \\
            --language %s \\
            --flamingo %s \\
            --out %s"""
        .formatted(
            word(parts.get(0).directory()),
            word(parts.get(1).directory()),
            word(flamingo),
            word(flamingo.resolveSibling("../model").normalize()));
  }

  private static String word(Path path) {
    String text = path.toString();
    return text.matches("[\\w./:@%+,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
