package dev.flamingostreams.training.scenes;

import java.util.stream.IntStream;

/** Whether objects hide each other for a moment at most. */
final class Overlaps {
  private static final int SAMPLES = 24;
  private static final int MOST = 6;
  private static final double TOUCHING = 0.1;

  private Overlaps() {}

  /** Not at the beginning, not at the end, and in between for a quarter of the time at most. */
  static boolean areBrief(Actor one, Actor other, double aspect) {
    return count(one, other, aspect) <= MOST
        && !overlap(one, other, 0, aspect)
        && !overlap(one, other, 1, aspect);
  }

  /** Whether they meet at all. */
  static boolean occur(Actor one, Actor other, double aspect) {
    return count(one, other, aspect) > 0;
  }

  private static long count(Actor one, Actor other, double aspect) {
    return IntStream.rangeClosed(0, SAMPLES)
        .filter(i -> overlap(one, other, (double) i / SAMPLES, aspect))
        .count();
  }

  private static boolean overlap(Actor one, Actor other, double u, double aspect) {
    Footprint first = Footprint.around(one.figure(), one.at(u), aspect);
    Footprint second = Footprint.around(other.figure(), other.at(u), aspect);
    return first.overlap(second) > TOUCHING;
  }
}
