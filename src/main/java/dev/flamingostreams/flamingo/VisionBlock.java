package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/** A pre-norm transformer block over the tokens of a frame. */
final class VisionBlock {
  private final LayerNorm norm;
  private final Attention attention;
  private final Projection feedForward;

  VisionBlock(
      Weights weights, int width, int heads, int inner, Activation activation, boolean biased) {
    norm = new LayerNorm(weights.at("norm"), width);
    attention = Attention.self(weights.at("attention"), width, heads, biased);
    feedForward =
        new LayerNorm(weights.at("feed_forward.norm"), width)
            .then(new FeedForward(weights.at("feed_forward"), width, inner, activation, biased));
  }

  Tensor forward(Tensor x) {
    Tensor n = norm.forward(x);
    Tensor y = x.add(attention.attend(attention.queries(n), attention.keyValue(n), null));
    return y.add(feedForward.forward(y));
  }
}
