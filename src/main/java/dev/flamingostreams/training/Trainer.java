package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Trains the default model by the paper's stages and writes it as a model directory. However a run
 * ends before that, it goes on from its last checkpoint when it is started again with the same
 * directory. While it trains, {@code training.jsonl} and {@code curves.svg} there tell how it
 * fares; at its end {@code training.json} does.
 */
public final class Trainer {
  private final TrainingPlan plan;
  private final Path directory;
  private final Progress progress;
  private final Stages stages;
  private final World world;
  private final FlamingoConfig config;
  private final Recipe recipe;

  /** Hears how the run goes. */
  @FunctionalInterface
  public interface Progress {
    /** One step is done. */
    void step(Step step);

    /** Something that the run's owner should know, in one line. */
    default void note(String line) {}
  }

  /**
   * One step of a stage.
   *
   * @param number counted from 1
   * @param loss smoothed over the last steps; NaN if none gave a number
   * @param secondsLeft of the stage
   */
  public record Step(
      String stage,
      int number,
      int steps,
      double loss,
      double learningRate,
      double examplesPerSecond,
      double secondsLeft) {}

  /** How a call ended. */
  public enum End {
    /** The model is there. */
    COMPLETE,
    /** It was there before. */
    COMPLETE_BEFORE,
    /** The run was asked to end, and has saved what it learnt. */
    STOPPED
  }

  public Trainer(TrainingPlan plan, Path directory, Progress progress) {
    this(plan, directory, progress, new World(), PaperStages::new);
  }

  /** With stages of another making. */
  Trainer(TrainingPlan plan, Path directory, Progress progress, World world, Stages.Maker maker) {
    this.plan = plan;
    this.directory = directory;
    this.progress = progress;
    this.world = world;
    this.config = TrainingPlan.defaultModel(world.vocabulary());
    this.recipe = new Recipe(plan, config, world.vocabulary());
    this.stages = maker.make(plan, config, world);
  }

  /** As {@link #run(BooleanSupplier)}, to the end. */
  public End run() throws IOException {
    return run(() -> false);
  }

  /**
   * Runs the stages that are left, then writes the model.
   *
   * @param stop asked after each step: whether to save and end
   * @throws TrainingException if the run cannot begin, go on, or has diverged
   * @throws IOException if a file cannot be written, the disk being full for instance; what was
   *     saved before is kept
   */
  public End run(BooleanSupplier stop) throws IOException {
    try (RunDirectory own = RunDirectory.open(directory)) {
      Path record = own.complete();
      if (record != null) {
        return completeBefore(record);
      }
      own.refuseOther();
      return train(own, stop);
    }
  }

  private End completeBefore(Path record) {
    long seed = TrainingRecord.seed(record);
    if (seed != plan.seed()) {
      throw new TrainingException(
          "%s holds the complete run of seed %d, not %d; name another directory"
              .formatted(directory, seed, plan.seed()));
    }
    return End.COMPLETE_BEFORE;
  }

  private End train(RunDirectory own, BooleanSupplier stop) throws IOException {
    RunFiles files = new RunFiles(own, plan, recipe, progress::note);
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        TorchWeights weights = new TorchWeights(manager, plan.seed());
        RoundMean mean = new RoundMean(manager)) {
      progress.note(Room.check(directory, Room.wanted(config, manager)));
      Learner restored = new Learner(weights, mean, new Optimiser(manager), manager);
      Standing at = files.resume(restored);
      for (String name : Recipe.from(at.stage())) {
        boolean resumed = name.equals(at.stage()) && at.step() > 0;
        Learner learner =
            resumed ? restored : new Learner(weights, mean, new Optimiser(manager), manager);
        if (!run(resumed ? at : Standing.atStartOf(name), learner, files, stop)) {
          return End.STOPPED;
        }
      }
      mean.into(weights);
      new ModelWriter(directory).write(config, world.vocabulary(), weights);
      files.complete(config, weights);
      return End.COMPLETE;
    } catch (IOException e) {
      String reason = RunDirectory.reason(e);
      String remedy = reason.contains("No space") ? "make room" : "mend that";
      throw new IOException(
          "cannot go on in %s (%s); %s: %s, then start again to go on"
              .formatted(directory, reason, files.kept(), remedy),
          e);
    }
  }

  /** Whether the stage came to its end. */
  private boolean run(Standing from, Learner learner, RunFiles files, BooleanSupplier stop)
      throws IOException {
    if (from.step() == recipe.plan(from.stage()).steps()) {
      return true;
    }
    if (stop.getAsBoolean()) {
      return false;
    }
    StageRun.Watch watch = files.watch(learner, config.language().layers(), progress, stop);
    try (learner;
        Stage stage = stages.open(from.stage(), learner, from.step())) {
      return new StageRun(stage, learner, from, watch, System::nanoTime).run();
    }
  }
}
