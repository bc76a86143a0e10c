package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;

/** A vision transformer over the cells of a convolutional stem; frames are encoded one by one. */
final class VisionEncoder {
  private final ConvolutionalStem stem;
  private final Tensor positions; // (S, D)
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm norm;

  VisionEncoder(FlamingoConfig.Vision config, Weights weights, Backend backend) {
    stem = new ConvolutionalStem(config, weights.at("stem"), backend);
    positions = weights.get("positions", config.tokens(), config.width());
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new Block(weights.at("blocks." + i), config.width(), config.heads()));
    }
    norm = new LayerNorm(weights.at("norm"), config.width());
  }

  /** Normalised pixels {@code [N, 3, H, W]} to features {@code [N, S, D]}. */
  Tensor forward(Tensor pixels) {
    Tensor x = stem.forward(pixels).add(positions);
    for (Block block : blocks) {
      x = block.forward(x);
    }
    return norm.forward(x);
  }

  private static final class Block {
    private final LayerNorm norm;
    private final Attention attention;
    private final FeedForward feedForward;

    Block(Weights weights, int width, int heads) {
      norm = new LayerNorm(weights.at("norm"), width);
      attention = new Attention(weights.at("attention"), width, width, heads);
      feedForward = new FeedForward(weights.at("feed_forward"), width);
    }

    Tensor forward(Tensor x) {
      Tensor n = norm.forward(x);
      Tensor y = x.add(attention.attend(n, attention.keyValue(n), null));
      return y.add(feedForward.forward(y));
    }
  }
}
