package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;

/**
 * Places of tokens in texts that may begin with padding. A token sees itself and what is before it;
 * with slopes, nearer text weighs more (ALiBi, Press et al. 2021).
 */
final class Places {
  private final Backend backend;
  private final float[] slopes;
  private final Tensor start; // ints (R, 1): tokens of padding before each text

  /**
   * For some texts.
   *
   * @param slopes one for each head, none for a model without ALiBi
   */
  Places(float[] slopes, Tensor start, Backend backend) {
    this.backend = backend;
    this.slopes = slopes;
    this.start = start;
  }

  /** Tokens {@code from..from + length} of texts with {@code keys} tokens in all. */
  Place range(int from, int length, int keys) {
    return at(range(from, length), keys);
  }

  /**
   * The token at {@code from + step}.
   *
   * @param step int {@code [1]}
   */
  Place step(Tensor step, int from, int keys) {
    return at(step.add(backend.constant(new int[] {from}, 1)), keys);
  }

  /** {@code at}: ints {@code [L]}. */
  private Place at(Tensor at, int keys) {
    long length = at.shape()[0];
    Tensor query = at.reshape(1, 1, length, 1);
    Tensor key = range(0, keys).reshape(1, 1, 1, keys);
    Tensor padding = key.less(start.reshape(start.shape()[0], 1, 1, 1));
    Tensor bias = query.less(key).or(padding).toFloat().scale(Mask.HIDDEN);
    if (slopes.length > 0) {
      Tensor distance = key.sub(query).toFloat();
      bias = bias.add(distance.mul(backend.constant(slopes, 1, slopes.length, 1, 1)));
    }
    return new Place(positions(at.reshape(1, length)), bias);
  }

  private Tensor positions(Tensor at) {
    Tensor zero = backend.constant(new int[] {0}, 1);
    Tensor position = at.sub(start);
    return position.less(zero).where(zero, position);
  }

  private Tensor range(int from, int size) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> from + i);
    return backend.constant(values, size);
  }
}
