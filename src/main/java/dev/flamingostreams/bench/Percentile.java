package dev.flamingostreams.bench;

import java.util.Arrays;

/** A value that so many per cent of others do not exceed. */
public final class Percentile {
  private Percentile() {}

  /** The smallest value that so many per cent of the values do not exceed. */
  public static double of(long[] values, double percent) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
  }
}
