package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Text attends to itself and to what is before it. */
final class SelfAttention {
  private final Attention attention;
  private final @Nullable Rotary rotary;

  SelfAttention(Attention attention, @Nullable Rotary rotary) {
    this.attention = attention;
    this.rotary = rotary;
  }

  /** {@code [R, L, D] -> [R, L, D]}. */
  Tensor forward(Tensor x, Place place, Decoder.Memory memory) {
    Tensor queries = attention.queries(x);
    Attention.KeyValue own = attention.keyValue(x);
    if (rotary != null) {
      Rotary.Angles angles = rotary.at(place.positions());
      queries = rotary.rotate(queries, angles);
      own = new Attention.KeyValue(rotary.rotate(own.keys(), angles), own.values());
    }
    return attention.attend(queries, memory.attended(own), place.bias());
  }
}
