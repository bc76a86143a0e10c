package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;

/** The few constants that places, searches and rules are made of. */
record Constants(Backend backend) {

  /** {@code [1]}. */
  Tensor of(int value) {
    return backend.constant(new int[] {value}, 1);
  }

  /** {@code [1]}. */
  Tensor of(float value) {
    return backend.constant(new float[] {value}, 1);
  }

  /** {@code from, from + 1, ...}: ints {@code [size]}. */
  Tensor range(int from, int size) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> from + i);
    return backend.constant(values, size);
  }
}
