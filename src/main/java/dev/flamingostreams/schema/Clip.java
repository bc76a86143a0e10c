package dev.flamingostreams.schema;

import java.util.List;

/**
 * A closed window of a stream, frames by reference: the images lie in the frame store under
 * (stream, run, capture time).
 *
 * @param id the same for the same frames and rules, however often they are replayed
 * @param run how many times the stream had ended, or its clock been set back, before
 * @param startMicros start of the window, inclusive
 * @param endMicros end of the window, exclusive
 * @param frameMicros capture times of the picked frames, strictly increasing, at most 30
 * @param flushed whether the wall clock closed the window, not the camera's time
 */
public record Clip(
    String id,
    String stream,
    long run,
    long startMicros,
    long endMicros,
    List<Long> frameMicros,
    boolean flushed) {
  public Clip {
    frameMicros = List.copyOf(frameMicros);
  }
}
