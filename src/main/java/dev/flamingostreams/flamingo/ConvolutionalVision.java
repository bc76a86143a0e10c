package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** A vision transformer over the cells of a convolutional stem. */
final class ConvolutionalVision implements VisionEncoder {
  private static final int EXPANSION = 4;

  private final ConvolutionalStem stem;
  private final Tensor positions; // (S, D)
  private final List<VisionBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;

  ConvolutionalVision(VisionConfig.Convolutional config, Weights weights, Backend backend) {
    int width = config.width();
    stem = new ConvolutionalStem(config, weights.at("stem"));
    positions = weights.get("positions", config.tokens(), width);
    for (int i = 0; i < config.layers(); i++) {
      Weights at = weights.at("blocks." + i);
      blocks.add(
          new VisionBlock(at, width, config.heads(), EXPANSION * width, Activation.GELU, false));
    }
    norm = new LayerNorm(weights.at("norm"), width);
  }

  @Override
  public Tensor forward(Tensor pixels) {
    Tensor x = stem.forward(pixels).add(positions);
    for (VisionBlock block : blocks) {
      x = x.within(block::forward);
    }
    return norm.forward(x);
  }
}
