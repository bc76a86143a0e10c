package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/** Divides by the root of the mean square (Zhang and Sennrich 2019). */
final class RmsNorm implements Projection {
  private final Tensor weight;
  private final Tensor epsilon;

  RmsNorm(Weights weights, int width, double epsilon, Backend backend) {
    weight = weights.get("weight", width);
    this.epsilon = backend.constant(new float[] {(float) epsilon}, 1);
  }

  @Override
  public Tensor forward(Tensor x) {
    long[] s = x.shape().clone();
    s[s.length - 1] = 1;
    Tensor meanSquare = x.mul(x).mean(-1).reshape(s);
    return x.div(meanSquare.add(epsilon).sqrt()).mul(weight);
  }
}
