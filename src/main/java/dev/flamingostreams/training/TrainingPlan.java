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
 * @param vision as in {@link Recipe#VISION_ROUNDS}; in each round of a stage, rates rise once more
 *     and scenes are new
 * @param captions as in {@link Recipe#CAPTION_ROUNDS}
 * @param checkpointEvery steps between checkpoints
 */
public record TrainingPlan(
    long seed,
    List<VisionRound> vision,
    Stage language,
    List<CaptionRound> captions,
    int checkpointEvery) {

  public TrainingPlan {
    vision = List.copyOf(vision);
    captions = List.copyOf(captions);
    check(vision, Recipe.VISION_ROUNDS);
    check(captions, Recipe.CAPTION_ROUNDS);
  }

  private static void check(List<?> rounds, List<String> wanted) {
    if (rounds.size() != wanted.size()) {
      throw new IllegalArgumentException("%d rounds, wanted %s".formatted(rounds.size(), wanted));
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
   * A round of the vision stage.
   *
   * @param unknown share of scenes without a known object
   */
  public record VisionRound(Stage stage, double unknown) {}

  /**
   * A round of the caption stage.
   *
   * @param gaps share of clips of which frames are lost
   * @param turns how often motions that are told by a moment come, for each time that others do
   */
  public record CaptionRound(Stage stage, Replays replays, double gaps, int turns) {}

  /** The plan of the default model. */
  public static TrainingPlan ofDefaultModel(long seed) {
    return new TrainingPlan(
        seed,
        List.of(
            new VisionRound(new Stage(11800, 64, 2e-3, 6e-3, 0.4), 0.14),
            new VisionRound(new Stage(2400, 64, 1e-3, 3e-3, 0.9), 0.25)),
        new Stage(3000, 32, 2e-3, 0, 1),
        List.of(
            new CaptionRound(
                new Stage(10200, 32, 2e-3, 6e-3, 0.4), new Replays(8, 3000, 3), 1 / 3.0, 1),
            new CaptionRound(new Stage(6000, 32, 1e-3, 3e-3, 0.9), Replays.always(2), 1 / 3.0, 1),
            new CaptionRound(new Stage(3600, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.5, 1),
            new CaptionRound(new Stage(4200, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.5, 1),
            new CaptionRound(new Stage(3600, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.8, 2),
            new CaptionRound(new Stage(3000, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.8, 2),
            new CaptionRound(new Stage(3600, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.5, 1),
            new CaptionRound(new Stage(3000, 32, 7e-4, 2e-3, 0.9), Replays.always(2), 0.5, 1)),
        250);
  }

  /** By its name in {@link Recipe#STAGES}. */
  Stage stage(String name) {
    return visionRound(name)
        .map(VisionRound::stage)
        .or(() -> captionRound(name).map(CaptionRound::stage))
        .or(() -> Optional.of(language).filter(stage -> name.equals(Recipe.LANGUAGE)))
        .orElseThrow(() -> new IllegalArgumentException("no such stage: " + name));
  }

  /** Nothing for a stage that is not one. */
  Optional<VisionRound> visionRound(String name) {
    return named(name, Recipe.VISION_ROUNDS, vision);
  }

  /** Nothing for a stage that is not one. */
  Optional<CaptionRound> captionRound(String name) {
    return named(name, Recipe.CAPTION_ROUNDS, captions);
  }

  private static <T> Optional<T> named(String name, List<String> names, List<T> rounds) {
    return Optional.of(names.indexOf(name)).filter(i -> i >= 0).map(rounds::get);
  }

  static FlamingoConfig defaultModel(Vocabulary vocabulary) {
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "flamingo-scenes-10",
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
