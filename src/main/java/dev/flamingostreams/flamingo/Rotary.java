package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;

/**
 * Rotary positions (Su et al. 2021): the first {@code rotated} elements of each head are turned, in
 * pairs of one of the first half and one of the second, by an angle that grows with the position.
 */
final class Rotary {
  private final Backend backend;
  private final int rotated;
  private final Tensor cosines; // (positions, rotated)
  private final Tensor sines;

  Rotary(int rotated, double base, int positions, Backend backend) {
    this.backend = backend;
    this.rotated = rotated;
    float[] cosine = new float[positions * rotated];
    float[] sine = new float[positions * rotated];
    for (int p = 0; p < positions; p++) {
      for (int i = 0; i < rotated; i++) {
        // the references compute frequencies and angles in single precision
        float frequency = (float) (1 / Math.pow(base, 2.0 * (i % (rotated / 2)) / rotated));
        float angle = p * frequency;
        cosine[p * rotated + i] = (float) Math.cos(angle);
        sine[p * rotated + i] = (float) Math.sin(angle);
      }
    }
    cosines = backend.constant(cosine, positions, rotated);
    sines = backend.constant(sine, positions, rotated);
  }

  /** The angles of the tokens at hand: {@code [R, 1, L, rotated]} each. */
  record Angles(Tensor cosines, Tensor sines) {}

  /** Of ints {@code [R, L]}. */
  Angles at(Tensor positions) {
    long[] s = positions.shape();
    return new Angles(
        cosines.gather(positions).reshape(s[0], 1, s[1], rotated),
        sines.gather(positions).reshape(s[0], 1, s[1], rotated));
  }

  /** {@code [R, H, L, d]}, turned. */
  Tensor rotate(Tensor x, Angles angles) {
    long width = x.shape()[3];
    Tensor turned = x.slice(3, 0, rotated);
    Tensor first = turned.slice(3, 0, rotated / 2);
    Tensor second = turned.slice(3, rotated / 2, rotated);
    Tensor across = backend.concat(List.of(second.scale(-1), first), 3);
    Tensor result = turned.mul(angles.cosines).add(across.mul(angles.sines));
    return rotated == width
        ? result
        : backend.concat(List.of(result, x.slice(3, rotated, width)), 3);
  }
}
