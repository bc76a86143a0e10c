package dev.flamingostreams.frames;

/**
 * A video's time in microseconds since its first frame, strictly increasing. A frame without time
 * stamp, one that does not advance, and one that jumps far ahead follow their predecessor by the
 * nominal distance, and the clock goes on from there.
 */
final class MediaClock {
  static final long NONE = Long.MIN_VALUE;
  private static final long LONGEST_GAP = 24L * 3_600 * 1_000_000;

  private final long step;
  private boolean started;
  private boolean anchored;
  private long offset;
  private long last;

  /**
   * @param step nominal distance of two frames
   */
  MediaClock(long step) {
    this.step = Math.max(1, step);
  }

  /**
   * The next frame's time.
   *
   * @param stamp the container's, or {@link #NONE}
   */
  long next(long stamp) {
    long expected = started ? last + step : 0;
    long time = stamp == NONE || !anchored ? expected : stamp - offset;
    if (started && (time <= last || time - last > LONGEST_GAP)) {
      time = expected;
      anchored = false;
    }
    if (stamp != NONE && !anchored) {
      offset = stamp - time;
      anchored = true;
    }
    started = true;
    last = time;
    return time;
  }

  /** Where a frame after the last one would be; 0 if there was none. */
  long end() {
    return started ? last + step : 0;
  }
}
