package dev.flamingostreams.cli;

import dev.flamingostreams.bench.Bench;
import dev.flamingostreams.bench.BenchPlan;
import dev.flamingostreams.bench.BenchReport;
import dev.flamingostreams.checkpoints.ModelDirectory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast a model runs. */
@Command(
    name = "bench",
    description =
        "Runs a model compiled (ONNX Runtime) and eagerly (libtorch) in turn, on the same weights"
            + " and clips and with as many threads, and prints one line of JSON: milliseconds of"
            + " vision, resampler, decode and the whole, and how many times the eager path takes.")
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(names = "--frames", defaultValue = "8", description = "Of each clip (8).")
  private int frames;

  @Option(names = "--batch", defaultValue = "1", description = "Clips at once (1).")
  private int batch;

  @Option(names = "--threads", description = "Of each path (one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--rounds", defaultValue = "20", description = "Both paths in turn (20).")
  private int rounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    BenchReport report = measured(plan());
    spec.commandLine().getOut().println(report.toJson());
    if (!report.equalTokens()) {
      throw new CommandException(ExitCode.FAILED, "the two paths wrote different tokens");
    }
    return ExitCode.OK;
  }

  private BenchReport measured(BenchPlan plan) {
    try (Stop stop = new Stop()) {
      stop.endsAtOnce(() -> {});
      return new Bench(ModelDirectory.open(Home.model(model)), plan).run(this::progress);
    }
  }

  private BenchPlan plan() {
    return Checked.of(spec, () -> new BenchPlan(frames, batch, threads, rounds));
  }

  private void progress(int done) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%d of %d rounds%n", done, rounds);
    err.flush();
  }
}
