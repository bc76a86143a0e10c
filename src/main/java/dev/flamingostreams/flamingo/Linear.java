package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

final class Linear implements Projection {
  private final Tensor weight; // (in, out)
  private final @Nullable Tensor bias; // (out)

  Linear(Weights weights, int in, int out, boolean biased) {
    weight = weights.get("weight", in, out);
    bias = biased ? weights.get("bias", out) : null;
  }

  @Override
  public Tensor forward(Tensor x) {
    return x.linear(weight, bias);
  }
}
