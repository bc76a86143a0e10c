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
    return share(one, other, u, aspect) > TOUCHING;
  }

  /** Common area of the boxes around both, as a share of the smaller one. */
  private static double share(Actor one, Actor other, double u, double aspect) {
    State p = one.at(u);
    State q = other.at(u);
    double width = one.figure().width() * p.size();
    double height = one.figure().height() * p.size();
    double otherWidth = other.figure().width() * q.size();
    double otherHeight = other.figure().height() * q.size();
    double across = common(p.x() * aspect, width, q.x() * aspect, otherWidth);
    double along = common(p.y(), height, q.y(), otherHeight);
    return across * along / Math.min(width * height, otherWidth * otherHeight);
  }

  private static double common(double centre, double size, double other, double otherSize) {
    double low = Math.max(centre - size / 2, other - otherSize / 2);
    double high = Math.min(centre + size / 2, other + otherSize / 2);
    return Math.max(0, high - low);
  }
}
