package dev.flamingostreams.frames;

import java.util.OptionalLong;

/**
 * Capture times of a camera: the wall clock when its first frame came, then the camera's own clock
 * as long as the two agree. Strictly increasing, also across reconnects and idle markers, unless
 * the wall clock has been set back by more than a moment: a camera that waited for it to catch up
 * would be silent for as long.
 */
final class LiveClock {
  static final long TOLERANCE = 3_000_000;

  /** How far ahead of the wall times may be; then they follow it back. */
  static final long MOST_AHEAD = 10_000_000;

  /** A camera without frames for this long is idle. */
  static final long IDLE_AFTER = 1_000_000;

  private boolean anchored;
  private boolean started;
  private long anchor;
  private long last;
  private long heard;

  /**
   * @param floor the stream's last capture time, if it has one
   */
  LiveClock(OptionalLong floor) {
    last = floor.orElse(Long.MIN_VALUE);
  }

  /** The camera counts from 0 again. */
  void reconnected() {
    anchored = false;
  }

  long capture(long videoMicros, long nowMicros) {
    if (!anchored || Math.abs(anchor + videoMicros - nowMicros) > TOLERANCE) {
      anchor = nowMicros - videoMicros;
      anchored = true;
    }
    started = true;
    heard = nowMicros;
    long time = anchor + videoMicros;
    boolean setBack = last > Long.MIN_VALUE && last - time > MOST_AHEAD;
    last = setBack ? time : Math.max(time, last + 1);
    return last;
  }

  /** The time up to which a silent camera has no frames, each time that it has become later. */
  OptionalLong idleUntil(long nowMicros) {
    long until = nowMicros - IDLE_AFTER;
    if (!started || nowMicros - heard < 2 * IDLE_AFTER || until <= last) {
      return OptionalLong.empty();
    }
    last = until;
    heard = until;
    return OptionalLong.of(until);
  }
}
