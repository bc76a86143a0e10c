package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import dev.flamingostreams.tensor.Tensor;

/** What stands between the two layers of a feed-forward. */
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum Activation {
  /** With the error function. */
  GELU,
  /** {@code x · sigmoid(1.702 x)}, of the first CLIP models. */
  QUICK_GELU,
  RELU,
  /** Of the Flamingo paper. */
  SQUARED_RELU,
  /** {@code x · sigmoid(x)}. */
  SILU;

  Tensor apply(Tensor x) {
    return switch (this) {
      case GELU -> x.gelu();
      case QUICK_GELU -> x.mul(x.scale(1.702).sigmoid());
      case RELU -> x.relu();
      case SQUARED_RELU -> x.relu().mul(x.relu());
      case SILU -> x.mul(x.sigmoid());
    };
  }
}
