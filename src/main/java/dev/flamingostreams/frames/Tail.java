package dev.flamingostreams.frames;

import java.util.OptionalLong;

/**
 * What topic frames already holds of a stream.
 *
 * @param lastMicros capture time of the last frame
 * @param ended whether the end marker came after it
 */
record Tail(OptionalLong lastMicros, boolean ended) {
  static final Tail NONE = new Tail(OptionalLong.empty(), false);
}
