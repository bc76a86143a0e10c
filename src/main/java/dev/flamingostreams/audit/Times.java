package dev.flamingostreams.audit;

import java.util.Arrays;

/** Capture times, eight bytes each. */
final class Times {
  private long[] times = new long[64];
  private int size;
  private boolean sorted = true;

  void add(long micros) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
    }
    sorted &= size == 0 || times[size - 1] <= micros;
    times[size++] = micros;
  }

  boolean contains(long micros) {
    if (!sorted) {
      Arrays.sort(times, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(times, 0, size, micros) >= 0;
  }
}
