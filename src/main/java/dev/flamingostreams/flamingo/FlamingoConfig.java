package dev.flamingostreams.flamingo;

import java.util.List;

/**
 * The shape of a model, as in its {@code config.json}.
 *
 * @param architecture {@value #ARCHITECTURE}
 * @param id the model's name, which signs its captions
 * @param unsureBelow captions with a lower mean log-probability are marked unsure
 */
public record FlamingoConfig(
    String architecture,
    String id,
    Vision vision,
    Resampler resampler,
    Language language,
    double unsureBelow) {
  public static final String ARCHITECTURE = "flamingo";

  /**
   * A convolutional stem, then transformer blocks over its cells.
   *
   * @param inputSize height and width of the square input in pixels
   * @param stemChannels output channels of each 3x3 convolution; the last is the width
   * @param stemStrides stride of each
   * @param stemGroups groups of each group norm
   * @param mean subtracted from each channel's value in 0..1
   * @param std divides each channel after that
   */
  public record Vision(
      int inputSize,
      List<Integer> stemChannels,
      List<Integer> stemStrides,
      int stemGroups,
      int layers,
      int heads,
      List<Float> mean,
      List<Float> std) {
    public Vision {
      stemChannels = List.copyOf(stemChannels);
      stemStrides = List.copyOf(stemStrides);
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }

    public int width() {
      return stemChannels.get(stemChannels.size() - 1);
    }

    /** Cells along each side of the stem's output. */
    public int grid() {
      int side = inputSize;
      for (int stride : stemStrides) {
        side = (side - 1) / stride + 1;
      }
      return side;
    }

    public int tokens() {
      return grid() * grid();
    }
  }

  /**
   * Latent queries over all frames of a clip.
   *
   * @param timeEmbeddings learnt temporal embeddings, interpolated to the frames of a clip
   */
  public record Resampler(int latents, int layers, int heads, int timeEmbeddings) {}

  /**
   * A causal decoder that looks at media.
   *
   * @param vocabulary rows of the token embedding
   * @param crossAttentionEvery a gated cross-attention block stands before every n-th block
   * @param maxTokens new tokens of a description at most, the end token included
   * @param endToken ends a description
   */
  public record Language(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int crossAttentionEvery,
      int maxTokens,
      int imageToken,
      int endToken,
      int padToken) {}

  /** Throws {@link IllegalArgumentException} naming the first key that cannot be. */
  public void validate() {
    require(ARCHITECTURE.equals(architecture), "architecture", architecture, ARCHITECTURE);
    requireRange("vision.inputSize", vision.inputSize, 8, 2048);
    require(
        !vision.stemChannels.isEmpty() && vision.stemChannels.size() == vision.stemStrides.size(),
        "vision.stemStrides",
        vision.stemStrides,
        "one stride for each of vision.stemChannels");
    for (int channels : vision.stemChannels) {
      requireRange("vision.stemChannels", channels, 1, 16384);
      requireDivides("vision.stemGroups", vision.stemGroups, channels);
    }
    for (int stride : vision.stemStrides) {
      requireRange("vision.stemStrides", stride, 1, 32);
    }
    require(
        vision.mean.size() == 3 && vision.std.size() == 3 && !vision.std.contains(0f),
        "vision.mean and vision.std",
        vision.mean + ", " + vision.std,
        "three channels, no zero std");
    requireRange("vision.layers", vision.layers, 0, 1000);
    requireDivides("vision.heads", vision.heads, vision.width());
    requireRange("resampler.latents", resampler.latents, 1, 4096);
    requireRange("resampler.layers", resampler.layers, 1, 1000);
    requireDivides("resampler.heads", resampler.heads, vision.width());
    requireRange("resampler.timeEmbeddings", resampler.timeEmbeddings, 1, 1000);
    requireRange("language.width", language.width, 1, 65536);
    requireRange("language.layers", language.layers, 1, 1000);
    requireDivides("language.heads", language.heads, language.width);
    requireRange("language.crossAttentionEvery", language.crossAttentionEvery, 1, 1000);
    requireRange("language.maxTokens", language.maxTokens, 1, 4096);
    requireRange("language.vocabulary", language.vocabulary, 1, 1 << 20);
    requireRange("language.imageToken", language.imageToken, 0, language.vocabulary - 1);
    requireRange("language.endToken", language.endToken, 0, language.vocabulary - 1);
    requireRange("language.padToken", language.padToken, 0, language.vocabulary - 1);
  }

  private static void requireRange(String key, int value, int least, int most) {
    require(value >= least && value <= most, key, value, least + " to " + most);
  }

  private static void requireDivides(String key, int value, int of) {
    require(value >= 1 && of % value == 0, key, value, "a divisor of " + of);
  }

  private static void require(boolean holds, String key, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + ", must be " + wanted);
    }
  }
}
