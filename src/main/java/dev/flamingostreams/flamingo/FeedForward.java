package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/** Layer norm, four times wider, GELU, back. */
final class FeedForward {
  private static final long EXPANSION = 4;

  private final LayerNorm norm;
  private final Tensor up; // (D, 4D)
  private final Tensor down; // (4D, D)

  FeedForward(Weights weights, int width) {
    norm = new LayerNorm(weights.at("norm"), width);
    up = weights.get("up.weight", width, EXPANSION * width);
    down = weights.get("down.weight", EXPANSION * width, width);
  }

  Tensor forward(Tensor x) {
    return norm.forward(x).matmul(up).gelu().matmul(down);
  }
}
