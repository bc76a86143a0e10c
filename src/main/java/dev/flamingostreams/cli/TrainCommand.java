package dev.flamingostreams.cli;

import dev.flamingostreams.training.Trainer;
import dev.flamingostreams.training.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
          + " captions, language, then the resampler and cross-attention; the first and the last"
          + " in rounds.",
      "Started again with the same directory, an interrupted run goes on from its last checkpoint."
          + " Ctrl-C and TERM write one first; the exit code is then 130."
    })
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIRECTORY",
      description = "Where checkpoints, curves.svg and the model go.")
  private Path directory;

  @Option(names = "--seed", defaultValue = "1", description = "Of everything drawn by chance (1).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TrainingPlan plan = TrainingPlan.ofDefaultModel(seed);
    out.printf(
        "three stages, about twelve hours on two cores; a checkpoint every %d steps%n",
        plan.checkpointEvery());
    out.flush();
    try (Stop stop = new Stop()) {
      Trainer trainer = new Trainer(plan, directory, new TrainLines(out));
      Trainer.End end = trainer.run(stop.asked()::isDone);
      out.println(told(end));
      out.flush();
      return end == Trainer.End.STOPPED ? ExitCode.INTERRUPTED : ExitCode.OK;
    }
  }

  private String told(Trainer.End end) {
    return switch (end) {
      case COMPLETE -> "the model is in " + directory;
      case COMPLETE_BEFORE -> "the run in " + directory + " is complete: nothing is left to do";
      case STOPPED -> "stopped; go on with: flamingo train " + directory + seedOption();
    };
  }

  private String seedOption() {
    return seed == 1 ? "" : " --seed " + seed;
  }
}
