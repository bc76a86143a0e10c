package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

final class LayerNorm {
  private static final double EPSILON = 1e-5;

  private final Tensor weight;
  private final Tensor bias;

  LayerNorm(Weights weights, int width) {
    weight = weights.get("weight", width);
    bias = weights.get("bias", width);
  }

  Tensor forward(Tensor x) {
    return x.layerNorm(weight, bias, EPSILON);
  }
}
