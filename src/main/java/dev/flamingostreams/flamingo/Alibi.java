package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;

/**
 * Attention with linear biases (Press et al. 2021): nearer text weighs more, later text is hidden.
 */
final class Alibi {
  private final int heads;
  private final Backend backend;

  Alibi(int heads, Backend backend) {
    this.heads = heads;
    this.backend = backend;
  }

  /** {@code [1, H, length, length]} for a whole text. */
  Tensor causal(int length) {
    float[] bias = new float[heads * length * length];
    for (int h = 0; h < heads; h++) {
      for (int q = 0; q < length; q++) {
        for (int k = 0; k < length; k++) {
          bias[(h * length + q) * length + k] = bias(h, q, k);
        }
      }
    }
    return backend.constant(bias, 1, heads, length, length);
  }

  /**
   * {@code [1, H, 1, length]} for the token at position {@code first + step}, computed as that row
   * of {@link #causal}.
   *
   * @param step int {@code [1]}, below {@code steps}
   */
  Tensor row(Tensor step, int first, int steps, int length) {
    float[] rows = new float[steps * heads * length];
    for (int s = 0; s < steps; s++) {
      for (int h = 0; h < heads; h++) {
        for (int k = 0; k < length; k++) {
          rows[(s * heads + h) * length + k] = bias(h, first + s, k);
        }
      }
    }
    return backend.constant(rows, steps, heads, length).gather(step).reshape(1, heads, 1, length);
  }

  private float bias(int head, int query, int key) {
    double slope = Math.pow(2, -8.0 * (head + 1) / heads);
    return (float) (key > query ? Mask.HIDDEN : slope * (key - query));
  }
}
