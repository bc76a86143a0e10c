package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;

/**
 * Places of tokens in texts that may begin with padding. A token sees itself and what is before it;
 * with slopes, nearer text weighs more (ALiBi, Press et al. 2021).
 */
final class Places {
  private final Backend backend;
  private final Constants constants;
  private final float[] slopes;
  private final Tensor start; // ints (R, 1): tokens of padding before each text

  /**
   * For some texts.
   *
   * @param slopes one for each head, none for a model without ALiBi
   */
  Places(float[] slopes, Tensor start, Backend backend) {
    this.backend = backend;
    this.constants = new Constants(backend);
    this.slopes = slopes;
    this.start = start;
  }

  /** Tokens {@code from..from + length} of texts with {@code keys} tokens in all. */
  Place range(int from, int length, int keys) {
    return at(constants.range(from, length), keys);
  }

  /** Places of the tokens {@code from..from + length}, one by one: see {@link Steps}. */
  Steps steps(int from, int length, int keys) {
    Tensor at = constants.range(from, length);
    return new Steps(at, seen(at, keys).transpose(2, 0, 1, 3), padding(keys));
  }

  /** The places of some tokens that come one at a time. */
  final class Steps {
    private final Tensor at; // ints (N)
    private final Tensor biases; // (N, 1, H or 1, K)
    private final Tensor padding; // (R, 1, 1, K)

    private Steps(Tensor at, Tensor biases, Tensor padding) {
      this.at = at;
      this.biases = biases;
      this.padding = padding;
    }

    /** {@code step}: int {@code [1]}. */
    Place at(Tensor step) {
      long[] s = biases.shape();
      Tensor bias = biases.gather(step).reshape(1, s[2], 1, s[3]);
      return new Place(positions(at.gather(step).reshape(1, 1)), bias.add(padding));
    }
  }

  /** {@code at}: ints {@code [L]}. */
  private Place at(Tensor at, int keys) {
    Tensor bias = seen(at, keys).add(padding(keys));
    return new Place(positions(at.reshape(1, at.shape()[0])), bias);
  }

  /** What hides later text, and with slopes weighs nearer text: {@code [1, H or 1, L, K]}. */
  private Tensor seen(Tensor at, int keys) {
    Tensor query = at.reshape(1, 1, at.shape()[0], 1);
    Tensor key = keys(keys);
    Tensor bias = query.less(key).toFloat().scale(Mask.HIDDEN);
    if (slopes.length == 0) {
      return bias;
    }
    Tensor distance = key.sub(query).toFloat();
    return bias.add(distance.mul(backend.constant(slopes, 1, slopes.length, 1, 1)));
  }

  /** What hides the padding before each text: {@code [R, 1, 1, K]}. */
  private Tensor padding(int keys) {
    Tensor first = start.reshape(start.shape()[0], 1, 1, 1);
    return keys(keys).less(first).toFloat().scale(Mask.HIDDEN);
  }

  private Tensor keys(int count) {
    return constants.range(0, count).reshape(1, 1, 1, count);
  }

  private Tensor positions(Tensor at) {
    Tensor zero = constants.of(0);
    Tensor position = at.sub(start);
    return position.less(zero).where(zero, position);
  }
}
