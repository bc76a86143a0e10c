package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The shape of a vision encoder. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = VisionConfig.Convolutional.class, name = "convolutional"),
  @JsonSubTypes.Type(value = VisionConfig.Clip.class, name = "clip"),
  @JsonSubTypes.Type(value = VisionConfig.NfNet.class, name = "nfnet")
})
public sealed interface VisionConfig {

  /** Height and width of the square input in pixels. */
  int inputSize();

  Preprocessing preprocessing();

  /** Width D of a frame's features. */
  int width();

  /** Tokens S of a frame. */
  int tokens();

  void validate();

  /**
   * A convolutional stem, then transformer blocks over its cells: the default model's.
   *
   * @param stemChannels output channels of each 3x3 convolution; the last is the width
   * @param stemStrides stride of each
   * @param stemGroups groups of each group norm
   */
  record Convolutional(
      int inputSize,
      Preprocessing preprocessing,
      List<Integer> stemChannels,
      List<Integer> stemStrides,
      int stemGroups,
      int layers,
      int heads)
      implements VisionConfig {
    public Convolutional {
      stemChannels = List.copyOf(stemChannels);
      stemStrides = List.copyOf(stemStrides);
    }

    @Override
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

    @Override
    public int tokens() {
      return grid() * grid();
    }

    @Override
    public void validate() {
      Check.range("vision.inputSize", inputSize, 8, 2048);
      preprocessing.validate("vision.preprocessing");
      Check.that(
          !stemChannels.isEmpty() && stemChannels.size() == stemStrides.size(),
          "vision.stemStrides",
          stemStrides,
          "one stride for each of vision.stemChannels");
      for (int channels : stemChannels) {
        Check.range("vision.stemChannels", channels, 1, 16384);
        Check.divides("vision.stemGroups", stemGroups, channels);
      }
      for (int stride : stemStrides) {
        Check.range("vision.stemStrides", stride, 1, 32);
      }
      Check.range("vision.layers", layers, 0, 1000);
      Check.divides("vision.heads", heads, width());
    }
  }

  /**
   * The vision transformer of CLIP (Radford et al. 2021).
   *
   * @param feedForward width inside its feed-forwards
   * @param classToken whether the class token is one of the features, as in Hugging Face's last
   *     hidden state, or only the patches are, as in OpenFlamingo
   * @param finalNorm whether features pass through the last layer norm
   */
  record Clip(
      int inputSize,
      Preprocessing preprocessing,
      int patchSize,
      int width,
      int layers,
      int heads,
      int feedForward,
      Activation activation,
      boolean classToken,
      boolean finalNorm)
      implements VisionConfig {

    /** Patches along each side. */
    int grid() {
      return inputSize / patchSize;
    }

    @Override
    public int tokens() {
      return grid() * grid() + (classToken ? 1 : 0);
    }

    @Override
    public void validate() {
      Check.range("vision.inputSize", inputSize, 8, 2048);
      preprocessing.validate("vision.preprocessing");
      Check.range("vision.patchSize", patchSize, 1, inputSize);
      Check.range("vision.width", width, 1, Check.MOST);
      Check.range("vision.layers", layers, 0, 1000);
      Check.divides("vision.heads", heads, width);
      Check.range("vision.feedForward", feedForward, 1, Check.MOST);
    }
  }

  /**
   * A normaliser-free network (Brock et al. 2021) as DeepMind released it.
   *
   * @param stemChannels of the four convolutions before the first stage
   * @param depths blocks of each stage
   * @param channels of each stage
   * @param groupWidth channels of a group of the 3x3 convolutions
   * @param finalChannels of the convolution after the last stage: the width
   */
  record NfNet(
      int inputSize,
      Preprocessing preprocessing,
      List<Integer> stemChannels,
      List<Integer> depths,
      List<Integer> channels,
      int groupWidth,
      int finalChannels)
      implements VisionConfig {
    static final int STRIDE = 32;

    public NfNet {
      stemChannels = List.copyOf(stemChannels);
      depths = List.copyOf(depths);
      channels = List.copyOf(channels);
    }

    @Override
    public int width() {
      return finalChannels;
    }

    @Override
    public int tokens() {
      return (inputSize / STRIDE) * (inputSize / STRIDE);
    }

    @Override
    public void validate() {
      Check.range("vision.inputSize", inputSize, STRIDE, 2048);
      Check.that(inputSize % STRIDE == 0, "vision.inputSize", inputSize, "a multiple of " + STRIDE);
      preprocessing.validate("vision.preprocessing");
      Check.that(stemChannels.size() == 4, "vision.stemChannels", stemChannels, "four");
      Check.that(
          depths.size() == 4 && channels.size() == 4,
          "vision.depths and vision.channels",
          depths + ", " + channels,
          "four stages");
      Check.range("vision.finalChannels", finalChannels, 1, Check.MOST);
      for (int stage = 0; stage < 4; stage++) {
        Check.range("vision.depths", depths.get(stage), 1, 1000);
        Check.range("vision.channels", channels.get(stage), 2, Check.MOST);
        var block = new NfBlock.Shape(1, channels.get(stage), 1, groupWidth, 1);
        Check.divides("vision.groupWidth", groupWidth, block.middle());
      }
    }
  }
}
