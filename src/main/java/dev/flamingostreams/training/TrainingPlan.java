package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.List;

/**
 * Everything a training run depends on.
 *
 * @param replays how often a clip's features are used in the caption stage; vision is frozen there,
 *     and encoding a clip costs more than a step on it
 * @param checkpointEvery steps between checkpoints
 */
public record TrainingPlan(
    long seed, Stage vision, Stage language, Stage captions, int replays, int checkpointEvery) {

  /** Steps, examples of each, and the highest learning rate. */
  public record Stage(int steps, int batch, double learningRate) {}

  /** The plan of the default model. */
  public static TrainingPlan ofDefaultModel(long seed) {
    return new TrainingPlan(
        seed,
        new Stage(3600, 64, 1e-3),
        new Stage(400, 64, 2e-3),
        new Stage(3300, 32, 1e-3),
        4,
        250);
  }

  static FlamingoConfig defaultModel(Vocabulary vocabulary) {
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "flamingo-scenes-1",
        new FlamingoConfig.Vision(
            96,
            List.of(32, 64, 128),
            List.of(2, 2, 3),
            8,
            4,
            4,
            List.of(0.5f, 0.5f, 0.5f),
            List.of(0.25f, 0.25f, 0.25f)),
        new FlamingoConfig.Resampler(16, 3, 4, 8),
        new FlamingoConfig.Language(
            vocabulary.size(),
            128,
            2,
            4,
            1,
            12,
            vocabulary.id(Tokenizer.IMAGE),
            vocabulary.id(Tokenizer.END),
            vocabulary.id(Tokenizer.PAD)),
        -1e9);
  }
}
