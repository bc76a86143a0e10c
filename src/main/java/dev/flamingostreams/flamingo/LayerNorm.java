package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

final class LayerNorm implements Projection {
  static final double EPSILON = 1e-5;

  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final double epsilon;

  LayerNorm(Weights weights, int width) {
    this(weights, width, true, EPSILON);
  }

  LayerNorm(Weights weights, int width, boolean biased, double epsilon) {
    weight = weights.get("weight", width);
    bias = biased ? weights.get("bias", width) : null;
    this.epsilon = epsilon;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.layerNorm(weight, bias, epsilon);
  }
}
