package dev.flamingostreams.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of topic captions, as JSON; the key is the stream id.
 *
 * @param clip the clip's id
 * @param startMicros start of the clip's window in the camera's time, inclusive
 * @param endMicros its end, exclusive
 * @param frameCount of the frames the model saw
 * @param frameMicros their capture times
 * @param text what alerts look at: the description or answer, of a classification the likeliest
 *     label, of a dialogue its answers joined by " / "
 * @param labels of a classification, the likeliest first; not in the JSON of other tasks
 * @param turns of a dialogue; not in the JSON of other tasks
 * @param meanLogProbability of the tokens of the text; 0 is certain
 * @param unsure whether that is under the threshold calibrated on scenes the model knows, or the
 *     text is what the model says of what it does not know
 * @param weights SHA-256 of the model's weights, hexadecimal
 * @param flushed whether the wall clock closed the window, not the camera's time
 * @param thinned if the topology lagged; not in the JSON otherwise
 * @param unchangedSince id of the earlier clip that this one looks like: all that is said here was
 *     said of that one; not in the JSON of a clip that was described itself
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Label> labels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Turn> turns,
    String model,
    String weights,
    String prompt,
    String engine,
    Timing timing,
    boolean flushed,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Thinned thinned,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unchangedSince) {

  /**
   * What a topology left out to catch up.
   *
   * @param frames that the clip has; the caption's {@code frameCount} is what the model saw
   * @param hop every so-many-th window was described, the others are dead letters with reason
   *     {@code lagging}; 1 if all were
   */
  public record Thinned(int frames, int hop) {}

  /** Where the time went, in microseconds. */
  public record Timing(long queueMicros, long visionMicros, long decodeMicros) {}

  /**
   * A label that was asked for.
   *
   * @param logProbability sum over its tokens
   * @param probability among the labels, which sum to 1
   */
  public record Label(String text, double logProbability, double probability) {}

  /** A question and its answer. */
  public record Turn(String question, String answer) {}

  public Caption {
    frameMicros = List.copyOf(frameMicros);
    labels = absentIsEmpty(labels);
    turns = absentIsEmpty(turns);
  }

  /** Of a clip that was described itself, and in full. */
  public Caption(
      String stream,
      String clip,
      long startMicros,
      long endMicros,
      int frameCount,
      List<Long> frameMicros,
      String text,
      double meanLogProbability,
      boolean unsure,
      List<Label> labels,
      List<Turn> turns,
      String model,
      String weights,
      String prompt,
      String engine,
      Timing timing,
      boolean flushed) {
    this(
        stream,
        clip,
        startMicros,
        endMicros,
        frameCount,
        frameMicros,
        text,
        meanLogProbability,
        unsure,
        labels,
        turns,
        model,
        weights,
        prompt,
        engine,
        timing,
        flushed,
        null,
        null);
  }

  /** Of a task that gives neither labels nor turns. */
  public Caption(
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
    this(
        stream,
        clip,
        startMicros,
        endMicros,
        frameCount,
        frameMicros,
        text,
        meanLogProbability,
        unsure,
        List.of(),
        List.of(),
        model,
        weights,
        prompt,
        engine,
        timing,
        flushed);
  }

  private static <T> List<T> absentIsEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
