package dev.flamingostreams.cli;

import dev.flamingostreams.bench.RandomModel;
import dev.flamingostreams.bench.RandomShape;
import java.io.IOException;
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

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIRECTORY",
      description = "Where the model goes.")
  private Path out;

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!RandomShape.NAMES.contains(shape)) {
      throw new ParameterException(
          spec.commandLine(),
          "shape is %s, must be one of %s".formatted(shape, String.join(", ", RandomShape.NAMES)));
    }
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "%,d weights drawn at random are in %s%n", written(), out);
    return ExitCode.OK;
  }

  private long written() {
    try {
      return RandomModel.write(shape, out, force);
    } catch (IOException e) {
      throw Unwritable.of("--out", out, e);
    }
  }
}
