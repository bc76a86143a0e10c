package dev.flamingostreams.cli;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.training.EvaluationPlan;
import dev.flamingostreams.training.EvaluationReport;
import dev.flamingostreams.training.ModelEvaluation;
import dev.flamingostreams.training.UnsureThreshold;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on fresh scenes. */
@Command(
    name = "evaluate",
    description =
        "Renders fresh scenes, encodes them as H.264, decodes and describes them, and prints one"
            + " line of JSON: exact matches, and accuracy by slot and object size.")
final class EvaluateCommand implements Callable<Integer> {
  private static final double MOST_MARKED = 0.05;
  private static final int EVERY = 20;

  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(names = "--scenes", defaultValue = "200", description = "How many (200).")
  private int scenes;

  @Option(names = "--frames", split = ",", defaultValue = "8", description = "Per clip (8).")
  private List<Integer> frames;

  @Option(
      names = "--seed",
      defaultValue = "20260101",
      description = "Of the scenes; another than the training's (20260101).")
  private long seed;

  @Option(
      names = "--calibrate",
      description =
          "Write into the model's config from which log-probability down a caption is marked"
              + " unsure: the mark then meets at most 5 in 100 of the right captions.")
  private boolean calibrate;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path directory = Home.model(model);
    try (Engine engine = Engine.open(directory, EngineOptions.defaults());
        Describer describer = engine.describer(Prompt.plain());
        CodecPath path = new CodecPath()) {
      EvaluationPlan plan = EvaluationPlan.of(seed, scenes, frames);
      EvaluationReport report = new ModelEvaluation(describer, path, plan).run(this::progress);
      if (calibrate) {
        UnsureThreshold.write(ModelDirectory.open(directory), report.unsureBelow(MOST_MARKED));
      }
      spec.commandLine().getOut().println(report.toJson());
    }
    return ExitCode.OK;
  }

  private void progress(int done) {
    if (done % EVERY == 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf("%d of %d scenes%n", done, scenes);
      err.flush();
    }
  }
}
