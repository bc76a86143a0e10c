package dev.flamingostreams.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How long a step takes, as the last steps had it. */
final class Pace {
  private static final int STEPS = 50;
  private static final double SECOND = 1e9;

  private final LongSupplier nanoTime;
  private final Deque<Long> ends = new ArrayDeque<>();
  private final double before;
  private final long start;

  /**
   * @param before seconds spent before
   */
  Pace(double before, LongSupplier nanoTime) {
    this.before = before;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    ends.add(start);
  }

  /** A step has ended. */
  void tick() {
    ends.addLast(nanoTime.getAsLong());
    if (ends.size() > STEPS + 1) {
      ends.removeFirst();
    }
  }

  /** Of one step. */
  double stepSeconds() {
    return Math.max(1e-9, (ends.getLast() - ends.getFirst()) / SECOND / (ends.size() - 1));
  }

  /** In all, up to the last step. */
  double seconds() {
    return before + (ends.getLast() - start) / SECOND;
  }
}
