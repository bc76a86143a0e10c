package dev.flamingostreams.cli;

import dev.flamingostreams.bench.RandomModel;
import dev.flamingostreams.bench.RandomShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model to measure with. */
@Command(
    name = "random",
    description = "Writes a model of random weights, to measure speed and memory with.")
final class RandomModelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SHAPE", description = "One of small, 100m, openflamingo-3b.")
  private String shape;

  @Option(names = "--out", required = true, description = "A directory that does not exist yet.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!RandomShape.NAMES.contains(shape)) {
      throw new ParameterException(
          spec.commandLine(),
          "shape is %s, must be one of %s".formatted(shape, String.join(", ", RandomShape.NAMES)));
    }
    if (Files.exists(out)) {
      throw new CommandException(ExitCode.BAD_INPUT, out + " is there already");
    }
    long weights = RandomModel.write(shape, out);
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "%,d weights drawn at random are in %s%n", weights, out);
    return ExitCode.OK;
  }
}
