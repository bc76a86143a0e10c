package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Rows of B clips, several for each: where they begin, and how two sets become one. */
final class BeamRows {
  private final int clips;
  private final Backend backend;

  BeamRows(int clips, Backend backend) {
    this.clips = clips;
    this.backend = backend;
  }

  /** The first row of each clip that has so many, ints {@code [B]}. */
  Tensor first(int each) {
    int[] offsets = new int[clips];
    Arrays.setAll(offsets, i -> i * each);
    return backend.constant(offsets, clips);
  }

  /** Indices {@code [B, n]} among {@code each} rows of a clip as rows of all, {@code [B·n]}. */
  Tensor all(Tensor indices, int each) {
    Tensor rows = indices.add(first(each).reshape(clips, 1));
    return rows.reshape(indices.shape()[0] * indices.shape()[1]);
  }

  /** {@code [B·m, N]} and {@code [B·n, N]} to {@code [B·(m+n), N]}, clip by clip. */
  Written merge(Written a, Written b) {
    return new Written(
        merge(a.tokens(), b.tokens()), merge(a.logProbabilities(), b.logProbabilities()));
  }

  private Tensor merge(Tensor a, Tensor b) {
    long rows = a.shape()[0] + b.shape()[0];
    return side(split(a), split(b)).reshape(rows, a.shape()[1]);
  }

  private Tensor split(Tensor x) {
    return x.reshape(clips, x.shape()[0] / clips, x.shape()[1]);
  }

  /** {@code [B, m, ...]} and {@code [B, n, ...]} to {@code [B, m+n, ...]}. */
  Tensor side(Tensor a, Tensor b) {
    return backend.concat(List.of(a, b), 1);
  }
}
