package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.VisionConfig;
import java.util.List;

/**
 * Small models of each family of vision encoders and language models; wide enough that one channel
 * counts for little in the mean of all.
 */
final class Families {
  private static final int WIDTH = 256;
  private static final int INNER = 2 * WIDTH;
  private static final int VOCABULARY = 64;
  private static final int SIDE = 32;
  private static final Preprocessing PREPROCESSING =
      RandomModel.stretch(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f));

  private Families() {}

  static FlamingoConfig mpt() {
    return config(
        new VisionConfig.Convolutional(
            SIDE, PREPROCESSING, List.of(16, WIDTH), List.of(2, 4), 8, 1, 4),
        Activation.GELU,
        new LanguageConfig.Mpt(
            VOCABULARY, WIDTH, 2, 4, INNER, 128, true, false, false, false, 0, 8),
        Decoding.greedy(6));
  }

  static FlamingoConfig opt() {
    return config(
        clip(Activation.GELU),
        Activation.SQUARED_RELU,
        new LanguageConfig.Opt(
            VOCABULARY, WIDTH, 2, 4, INNER, 128, true, Activation.RELU, true, WIDTH),
        Decoding.greedy(6));
  }

  static FlamingoConfig gptNeoX() {
    return config(
        clip(Activation.QUICK_GELU),
        Activation.GELU,
        new LanguageConfig.GptNeoX(
            VOCABULARY, WIDTH, 2, 4, INNER, 128, false, Activation.GELU, 0.5, 10_000, true, 1e-5),
        new Decoding(6, 0, 3, 1, 0));
  }

  static FlamingoConfig llama() {
    return config(
        new VisionConfig.NfNet(
            SIDE,
            PREPROCESSING,
            List.of(4, 8, 16, 32),
            List.of(1, 1, 1, 1),
            List.of(32, 32, 64, 64),
            8,
            WIDTH),
        Activation.GELU,
        new LanguageConfig.Llama(VOCABULARY, WIDTH, 2, 4, 2, 64, INNER, 128, false, 10_000, 1e-5),
        Decoding.greedy(6));
  }

  private static VisionConfig clip(Activation activation) {
    return new VisionConfig.Clip(
        SIDE, PREPROCESSING, 8, WIDTH, 2, 4, INNER, activation, false, false);
  }

  private static FlamingoConfig config(
      VisionConfig vision, Activation activation, LanguageConfig language, Decoding decoding) {
    return RandomModel.config(
        vision,
        new ResamplerConfig(8, 2, 4, 32, INNER, activation, 0, 0),
        new CrossAttentionConfig(0, 1, 4, 32, INNER, activation, MediaMask.IMMEDIATE),
        language,
        decoding);
  }
}
