package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/** Up to an inner width, an activation, and back. */
final class FeedForward implements Projection {
  private final Projection up;
  private final Activation activation;
  private final Projection down;

  FeedForward(Weights weights, int width, int inner, Activation activation, boolean biased) {
    up = new Linear(weights.at("up"), width, inner, biased);
    this.activation = activation;
    down = new Linear(weights.at("down"), inner, width, biased);
  }

  /** One without biases behind a layer norm of its own. */
  static Projection normed(Weights weights, int width, int inner, Activation activation) {
    return new LayerNorm(weights.at("norm"), width)
        .then(new FeedForward(weights, width, inner, activation, false));
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.within(y -> down.forward(activation.apply(up.forward(y))));
  }
}
