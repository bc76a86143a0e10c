package dev.flamingostreams.training;

import dev.flamingostreams.flamingo.TemporalInterpolation;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which frames of a clip the resampler is shown: as some are lost on their way to a model at work,
 * of some clips one or two are.
 *
 * @param times of all frames, in 0..1 and rising
 * @param kept which of them are shown
 */
record Shown(double[] times, boolean[] kept) {
  private static final int MOST_LOST = 2;

  /**
   * @param gaps how likely it is that frames are lost
   */
  static Shown draw(double[] times, double gaps, Random random) {
    boolean[] kept = new boolean[times.length];
    Arrays.fill(kept, true);
    int lost = random.nextDouble() < gaps ? random.nextInt(1, MOST_LOST + 1) : 0;
    for (int i = 0; i < lost; i++) {
      kept[random.nextInt(kept.length)] = false;
    }
    return new Shown(times, kept);
  }

  /** Row-major {@code [T, embeddings]}, as if the frames that are left were all; others are 0. */
  float[] timeWeights(int embeddings) {
    int[] left = IntStream.range(0, times.length).filter(i -> kept[i]).toArray();
    long[] micros = Arrays.stream(left).mapToLong(i -> (long) (times[i] * 1e6)).toArray();
    float[] rows = TemporalInterpolation.weights(micros, embeddings);
    float[] weights = new float[times.length * embeddings];
    for (int row = 0; row < left.length; row++) {
      System.arraycopy(rows, row * embeddings, weights, left[row] * embeddings, embeddings);
    }
    return weights;
  }

  /** {@code [T]}: 1 for a frame that is left, 0 for one that is lost. */
  float[] mask() {
    float[] mask = new float[kept.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = kept[i] ? 1 : 0;
    }
    return mask;
  }
}
