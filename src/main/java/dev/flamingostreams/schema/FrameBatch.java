package dev.flamingostreams.schema;

import java.util.List;

/**
 * The value of topic frames; the key is the stream id. Either frames, or a marker without frames.
 *
 * @param frames in order of capture as the source gave them; empty for a marker
 * @param idleUntilMicros with {@link Marker#IDLE}: the camera's time up to which it was silent
 */
public record FrameBatch(List<Frame> frames, Marker marker, long idleUntilMicros) {

  /** What a batch says besides its frames. */
  public enum Marker {
    NONE,
    /** The stream has no frames until {@code idleUntilMicros}; windows due by then may close. */
    IDLE,
    /** The last record of a finite source: every window of the stream may close. */
    END
  }

  public FrameBatch {
    frames = List.copyOf(frames);
  }

  public static FrameBatch of(List<Frame> frames) {
    return new FrameBatch(frames, Marker.NONE, 0);
  }

  public static FrameBatch idleUntil(long micros) {
    return new FrameBatch(List.of(), Marker.IDLE, micros);
  }

  public static FrameBatch end() {
    return new FrameBatch(List.of(), Marker.END, 0);
  }

  /** Bytes of all images. */
  public int imageBytes() {
    return frames.stream().mapToInt(frame -> frame.image().length).sum();
  }
}
