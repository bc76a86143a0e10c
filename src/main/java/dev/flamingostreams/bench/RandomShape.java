package dev.flamingostreams.bench;

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
import java.util.stream.Stream;

/** Shapes of models whose weights are drawn at random: for speed and memory, not for meaning. */
public final class RandomShape {
  public static final List<String> NAMES = List.of("small", "100m", "openflamingo-3b");

  private RandomShape() {}

  /** One of {@link #NAMES}. */
  static FlamingoConfig named(String name) {
    return Stream.of(small(), hundredMillion(), openFlamingo())
        .filter(config -> config.id().equals("random-" + name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "shape is %s, must be one of %s".formatted(name, String.join(", ", NAMES))));
  }

  /** 2 million weights, as the default model. */
  private static FlamingoConfig small() {
    return config(
        "small",
        new VisionConfig.Convolutional(
            96,
            preprocessing(Preprocessing.Resize.STRETCH),
            List.of(32, 64, 128),
            List.of(2, 2, 3),
            8,
            4,
            4),
        new ResamplerConfig(16, 3, 4, 32, 512, Activation.GELU, 8, 0),
        new CrossAttentionConfig(0, 1, 4, 32, 512, Activation.GELU, MediaMask.IMMEDIATE),
        new LanguageConfig.Mpt(64, 128, 2, 4, 512, 512, true, false, true, false, 0, 8),
        12);
  }

  /** 100 million: a small CLIP, and a language model of 12 layers. */
  private static FlamingoConfig hundredMillion() {
    return config(
        "100m",
        clip(16, 384, 12, 6),
        new ResamplerConfig(64, 3, 6, 64, 1536, Activation.GELU, 8, 0),
        new CrossAttentionConfig(1, 2, 8, 64, 2048, Activation.GELU, MediaMask.IMMEDIATE),
        new LanguageConfig.Mpt(32_000, 512, 12, 8, 2048, 2048, true, false, false, false, 0, 8),
        20);
  }

  /** 3 billion: OpenFlamingo 3B, ViT-L/14 and MPT-1B with a cross-attention before each block. */
  private static FlamingoConfig openFlamingo() {
    return config(
        "openflamingo-3b",
        clip(14, 1024, 24, 16),
        new ResamplerConfig(64, 6, 8, 64, 4096, Activation.GELU, 0, 0),
        new CrossAttentionConfig(0, 1, 8, 64, 8192, Activation.GELU, MediaMask.IMMEDIATE),
        new LanguageConfig.Mpt(50_434, 2048, 24, 16, 8192, 2048, true, false, false, true, 0, 8),
        20);
  }

  private static VisionConfig clip(int patch, int width, int layers, int heads) {
    return new VisionConfig.Clip(
        224,
        preprocessing(Preprocessing.Resize.CROP),
        patch,
        width,
        layers,
        heads,
        4 * width,
        Activation.QUICK_GELU,
        false,
        false);
  }

  private static Preprocessing preprocessing(Preprocessing.Resize resize) {
    List<Float> mean = List.of(0.48f, 0.46f, 0.41f);
    List<Float> std = List.of(0.27f, 0.26f, 0.28f);
    return new Preprocessing(resize, 1, Preprocessing.CropRounding.DOWN, mean, std);
  }

  private static FlamingoConfig config(
      String name,
      VisionConfig vision,
      ResamplerConfig resampler,
      CrossAttentionConfig crossAttention,
      LanguageConfig language,
      int maxTokens) {
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "random-" + name,
        vision,
        resampler,
        crossAttention,
        language,
        RandomTokenizer.SPECIAL,
        Decoding.greedy(maxTokens),
        FlamingoConfig.NEVER_UNSURE,
        List.of());
  }
}
