package dev.flamingostreams.cli;

import dev.flamingostreams.bench.GpuSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a benchmark of a GPU comes to. */
@Command(
    name = "bench-summary",
    description =
        "Reads the lines that src/bench/gpu.sh printed and prints a line of JSON for each model and"
            + " engine: how many times faster than PyTorch it is, what share of the GPU's ceilings"
            + " it takes, how far it agrees with the CPU, and whether that is what is asked.")
final class BenchSummaryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Such as target/bench/gpu.jsonl.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandException(ExitCode.BAD_INPUT, "there is no file " + file);
    }
    List<String> lines = GpuSummary.of(file);
    if (lines.isEmpty()) {
      throw new CommandException(
          ExitCode.BAD_INPUT,
          "%s has no line of bench-engine: no engine was measured".formatted(file));
    }
    lines.forEach(spec.commandLine().getOut()::println);
    return ExitCode.OK;
  }
}
