package dev.flamingostreams.cli;

import dev.flamingostreams.training.Trainer;
import dev.flamingostreams.training.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains the default model. */
@Command(
    name = "train",
    description = {
      "Trains the default model on scenes rendered on the fly, in three stages: vision against"
          + " captions, language, then the resampler and cross-attention.",
      "Started again with the same directory, an interrupted run goes on from its last checkpoint."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int EVERY = 50;

  @Parameters(paramLabel = "DIRECTORY", description = "Where checkpoints and the model go.")
  private Path directory;

  @Option(names = "--seed", defaultValue = "1", description = "Of everything drawn by chance (1).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = TrainingPlan.ofDefaultModel(seed);
    out.printf(
        "three stages, about an hour on two cores; a checkpoint in %s every %d steps%n",
        directory, plan.checkpointEvery());
    out.flush();
    new Trainer(plan, directory, progress(out)).run();
    out.println("the model is in " + directory);
    return ExitCode.OK;
  }

  private static Trainer.Progress progress(PrintWriter out) {
    return (stage, step, steps, loss, learningRate) -> {
      if (step % EVERY == 0 || step == steps) {
        out.printf(
            Locale.ROOT,
            "%-9s step %5d of %d   loss %.4f   rate %.2e%n",
            stage,
            step,
            steps,
            loss,
            learningRate);
        out.flush();
      }
    };
  }
}
