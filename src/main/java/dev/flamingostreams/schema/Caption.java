package dev.flamingostreams.schema;

import java.util.List;

/**
 * The value of topic captions, as JSON; the key is the stream id.
 *
 * @param clip the clip's id
 * @param startMicros start of the clip's window in the camera's time, inclusive
 * @param endMicros its end, exclusive
 * @param frameMicros capture times of the frames the model saw
 * @param meanLogProbability of the generated tokens; 0 is certain
 * @param unsure whether that is under the threshold calibrated on scenes the model knows
 * @param weights SHA-256 of the model's weights, hexadecimal
 * @param flushed whether the wall clock closed the window, not the camera's time
 */
public record Caption(
    String stream,
    String clip,
    long startMicros,
    long endMicros,
    int frameCount,
    List<Long> frameMicros,
    String text,
    double meanLogProbability,
    boolean unsure,
    String model,
    String weights,
    String prompt,
    String engine,
    Timing timing,
    boolean flushed) {

  /** Where the time went, in microseconds. */
  public record Timing(long queueMicros, long visionMicros, long decodeMicros) {}

  public Caption {
    frameMicros = List.copyOf(frameMicros);
  }
}
