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
 * @param captions the rounds of the caption stage, as in {@link Recipe#ROUNDS}; in each, rates rise
 *     once more and clips are new
 * @param checkpointEvery steps between checkpoints
 */
public record TrainingPlan(
    long seed, Stage vision, Stage language, List<Round> captions, int checkpointEvery) {

  public TrainingPlan {
    captions = List.copyOf(captions);
    if (captions.size() != Recipe.ROUNDS.size()) {
      throw new IllegalArgumentException(
          "%d rounds, wanted %s".formatted(captions.size(), Recipe.ROUNDS));
    }
  }

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
        List.of(
            new Round(new Stage(10200, 32, 2e-3, 6e-3, 0.4), new Replays(8, 3000, 3), 3),
            new Round(new Stage(6000, 32, 1e-3, 3e-3, 0.9), Replays.always(2), 3),
            new Round(new Stage(3600, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 2),
            new Round(new Stage(4200, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 2)),
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
    int round = Recipe.ROUNDS.indexOf(name);
    if (round < 0 && !Recipe.STAGES.contains(name)) {
      throw new IllegalArgumentException("no such stage: " + name);
    }
    return round < 0 ? Optional.empty() : Optional.of(captions.get(round));
  }

  static FlamingoConfig defaultModel(Vocabulary vocabulary) {
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "flamingo-scenes-9",
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
