package dev.flamingostreams.frames;

import java.util.OptionalLong;

/**
 * Capture times of a camera: the wall clock when its first frame came, then the camera's own clock
 * as long as the two agree. Strictly increasing, also across reconnects and idle markers.
 */
final class LiveClock {
  static final long TOLERANCE = 3_000_000;

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
    last = Math.max(anchor + videoMicros, last + 1);
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
