package dev.flamingostreams.frames;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One stream to send.
 *
 * @param id of the stream: the key of its records
 * @param source a file, or a URL of rtsp, rtmp, http or udp
 * @param startMicros capture time of a file's first picture; a camera's is the wall clock's
 * @param realtime whether a file is sent as fast as it plays instead of as fast as possible
 * @param live whether a file plays again and again, timed by the wall clock, as if it were a camera
 */
public record Camera(
    String id, String source, Sampling sampling, long startMicros, boolean realtime, boolean live) {
  private static final int MAX_ID_BYTES = 200;

  public Camera {
    boolean printable = id.chars().noneMatch(Character::isISOControl);
    if (id.isBlank() || !printable || id.getBytes(UTF_8).length > MAX_ID_BYTES) {
      throw new IllegalArgumentException(
          "stream id '%s' must be 1 to %d bytes of printable text"
              .formatted(id.replaceAll("\\p{Cntrl}", "?"), MAX_ID_BYTES));
    }
    if (source.isBlank()) {
      throw new IllegalArgumentException("stream '" + id + "' has no source; name a file or a URL");
    }
  }

  /** A file that plays once, or a camera. */
  public Camera(String id, String source, Sampling sampling, long startMicros, boolean realtime) {
    this(id, source, sampling, startMicros, realtime, false);
  }

  /** With the default sampling, from time 0, as fast as possible. */
  public static Camera of(String id, String source) {
    return new Camera(id, source, Sampling.DEFAULT, 0, false);
  }
}
