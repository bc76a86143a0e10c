package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains the default model by the paper's stages and writes it as a model directory. An interrupted
 * run goes on from its last checkpoint when it is started again with the same directory.
 */
public final class Trainer {
  private static final List<String> STAGES = List.of("vision", "language", "captions");
  private static final int SMOOTHED_OVER = 50;

  /**
   * Steps in a row whose gradient is no number; one is left out, many mean that the run is lost.
   */
  private static final int MAX_SKIPPED = 10;

  private final TrainingPlan plan;
  private final Path directory;
  private final Progress progress;
  private final World world = new World();
  private final FlamingoConfig config = TrainingPlan.defaultModel(world.vocabulary());

  /** Hears of each step. */
  public interface Progress {
    /**
     * One step is done.
     *
     * @param loss smoothed over the last steps
     */
    void step(String stage, int step, int steps, double loss, double learningRate);
  }

  public Trainer(TrainingPlan plan, Path directory, Progress progress) {
    this.plan = plan;
    this.directory = directory;
    this.progress = progress;
  }

  /** Runs the stages that are left, then writes the model. */
  public void run() throws IOException {
    Files.createDirectories(directory);
    Checkpoint checkpoint = new Checkpoint(directory.resolve("checkpoint.safetensors"));
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        TorchWeights weights = new TorchWeights(manager, plan.seed())) {
      Checkpoint.@Nullable Position at = null;
      AdamW restored = new AdamW(manager);
      if (checkpoint.exists()) {
        at = checkpoint.read(weights, restored);
      }
      int first = at == null ? 0 : STAGES.indexOf(at.stage());
      for (int i = first; i < STAGES.size(); i++) {
        boolean resumed = at != null && i == first;
        int done = resumed && at != null ? at.step() : 0;
        try (AdamW optimiser = resumed ? restored : new AdamW(manager);
            Stage stage = stage(STAGES.get(i), manager, done)) {
          run(stage, done, weights, optimiser, manager, checkpoint);
        }
      }
      new ModelWriter(directory).write(config, world.vocabulary(), weights);
    }
  }

  private Stage stage(String name, NDManager manager, int done) {
    return switch (name) {
      case "vision" -> new ContrastiveStage(config, plan.vision(), feed(), done);
      case "language" -> new LanguageStage(config, world, plan.language(), feed(), done);
      case "captions" -> new CaptionStage(config, plan, world, feed(), manager, done);
      default -> throw new IllegalArgumentException("no such stage: " + name);
    };
  }

  private SceneFeed feed() {
    return new SceneFeed(config.vision(), plan.seed());
  }

  private void run(
      Stage stage,
      int done,
      TorchWeights weights,
      AdamW optimiser,
      NDManager manager,
      Checkpoint checkpoint)
      throws IOException {
    weights.train(stage::trains);
    TrainingLog log = new TrainingLog(directory.resolve("training.jsonl"));
    int steps = stage.plan().steps();
    LearningRate rate = new LearningRate(stage.plan().learningRate(), steps);
    double smoothed = Double.NaN;
    int skipped = 0;
    for (int step = done + 1; step <= steps; step++) {
      Moved moved = step(stage, weights, optimiser, manager, step, rate.at(step));
      double loss = moved.loss;
      skipped = Double.isFinite(moved.gradientNorm) ? 0 : skipped + 1;
      if (!Double.isFinite(loss) || skipped > MAX_SKIPPED) {
        throw new IllegalStateException(
            "stage %s diverged at step %d (loss %s, gradient norm %s); the last good checkpoint is kept: start again with another seed or a lower learning rate"
                .formatted(stage.name(), step, loss, moved.gradientNorm));
      }
      smoothed = Double.isNaN(smoothed) ? loss : smoothed + (loss - smoothed) / SMOOTHED_OVER;
      progress.step(stage.name(), step, steps, smoothed, rate.at(step));
      log.step(stage, step, smoothed, rate.at(step), moved.gradientNorm);
      if (step % plan.checkpointEvery() == 0 || step == steps) {
        checkpoint.write(new Checkpoint.Position(stage.name(), step), weights, optimiser);
      }
    }
  }

  private record Moved(double loss, double gradientNorm) {}

  private static Moved step(
      Stage stage,
      TorchWeights weights,
      AdamW optimiser,
      NDManager manager,
      int number,
      double learningRate) {
    try (NDManager step = manager.newSubManager()) {
      double loss;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray value = stage.loss(step, weights);
        loss = value.getFloat();
        collector.backward(value);
      }
      // A loss that is no number must not reach the weights.
      double norm =
          Double.isFinite(loss) ? optimiser.update(weights, number, learningRate) : Double.NaN;
      return new Moved(loss, norm);
    }
  }
}
