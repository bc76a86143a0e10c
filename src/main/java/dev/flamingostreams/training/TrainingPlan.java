package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.training.scenes.Scene;
import java.util.List;
import java.util.Optional;

/**
 * Everything a training run depends on.
 *
 * @param captionsAgain a second round of the caption stage: rates rise once more, clips are new
 * @param captionsWithGaps a third one, in which more clips lack frames
 * @param checkpointEvery steps between checkpoints
 */
public record TrainingPlan(
    long seed,
    Stage vision,
    Stage language,
    Round captions,
    Round captionsAgain,
    Round captionsWithGaps,
    int checkpointEvery) {

  /**
   * Steps and the examples of each.
   *
   * @param learningRate the highest
   * @param matrixRate the highest of the matrices of layers, which move by {@link Muon}; 0 if they
   *     move like all else
   * @param falls over which share of the steps, at their end, the rates fall
   */
  public record Stage(int steps, int batch, double learningRate, double matrixRate, double falls) {}

  /**
   * A round of the caption stage.
   *
   * @param gapsInOneOf of one clip in so many, frames are lost
   */
  public record Round(Stage stage, Replays replays, int gapsInOneOf) {}

  /** The plan of the default model. */
  public static TrainingPlan ofDefaultModel(long seed) {
    return new TrainingPlan(
        seed,
        new Stage(11800, 64, 2e-3, 6e-3, 0.4),
        new Stage(3000, 32, 2e-3, 0, 1),
        new Round(new Stage(10200, 32, 2e-3, 6e-3, 0.4), new Replays(8, 3000, 3), 3),
        new Round(new Stage(6000, 32, 1e-3, 3e-3, 0.9), Replays.always(2), 3),
        new Round(new Stage(3600, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 2),
        250);
  }

  /** By its name in {@link Recipe#STAGES}. */
  Stage stage(String name) {
    return switch (name) {
      case Recipe.VISION -> vision;
      case Recipe.LANGUAGE -> language;
      default -> round(name).orElseThrow().stage();
    };
  }

  /** Nothing for a stage that is not a round of the caption stage. */
  Optional<Round> round(String name) {
    return switch (name) {
      case Recipe.CAPTIONS -> Optional.of(captions);
      case Recipe.CAPTIONS_AGAIN -> Optional.of(captionsAgain);
      case Recipe.CAPTIONS_WITH_GAPS -> Optional.of(captionsWithGaps);
      case Recipe.VISION, Recipe.LANGUAGE -> Optional.empty();
      default -> throw new IllegalArgumentException("no such stage: " + name);
    };
  }

  static FlamingoConfig defaultModel(Vocabulary vocabulary) {
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "flamingo-scenes-8",
        new VisionConfig.Convolutional(
            128,
            new Preprocessing(
                Preprocessing.Resize.STRETCH,
                1,
                Preprocessing.CropRounding.DOWN,
                List.of(0.5f, 0.5f, 0.5f),
                List.of(0.25f, 0.25f, 0.25f)),
            List.of(24, 48, 64, 96, 128),
            List.of(2, 2, 1, 2, 2),
            8,
            3,
            4),
        new ResamplerConfig(32, 3, 8, 16, 512, Activation.GELU, 8, 0),
        new CrossAttentionConfig(0, 1, 8, 16, 512, Activation.GELU, MediaMask.IMMEDIATE),
        new LanguageConfig.Mpt(
            vocabulary.size(), 128, 3, 4, 512, 4096, true, false, true, false, 0, 8),
        new SpecialTokens(
            vocabulary.id(Tokenizer.IMAGE),
            SpecialTokens.NONE,
            vocabulary.id(Tokenizer.END),
            vocabulary.id(Tokenizer.PAD),
            SpecialTokens.NONE,
            Tokenizer.IMAGE,
            Tokenizer.END),
        Decoding.greedy(16),
        FlamingoConfig.NEVER_UNSURE,
        List.of(Scene.NOTHING_KNOWN, Questions.UNKNOWN));
  }
}
