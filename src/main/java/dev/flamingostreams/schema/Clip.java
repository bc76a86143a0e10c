package dev.flamingostreams.schema;

import java.util.List;

/**
 * A closed window of a stream, frames by reference: the images lie in the frame store under
 * (stream, capture time).
 *
 * @param id the same for the same frames and rules, however often they are replayed
 * @param startMicros start of the window, inclusive
 * @param endMicros end of the window, exclusive
 * @param frameMicros capture times of the picked frames, strictly increasing, 8 to 30
 */
public record Clip(
    String id, String stream, long startMicros, long endMicros, List<Long> frameMicros) {
  public Clip {
    frameMicros = List.copyOf(frameMicros);
  }
}
