package dev.flamingostreams.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of a clip.
 *
 * @param text without special tokens; of a classification the likeliest label, of a dialogue its
 *     answers, joined by {@value #BETWEEN_ANSWERS}
 * @param meanLogProbability of the tokens of all that, end tokens included; 0 is certain
 * @param tokens that all that has, end tokens included
 * @param unsure whether {@code meanLogProbability} is below the model's calibrated threshold, or
 *     the text, or one answer of a dialogue, is what the model says of what it does not know
 * @param labels of a classification, the likeliest first
 * @param turns of a dialogue
 * @param queueMicros waited before the engine took the clip
 * @param visionMicros spent on this clip's frames, those found in the cache counting nothing
 * @param decodeMicros spent in the resampler and the language model
 * @param signature of a clip that was compared with an earlier one
 * @param unchanged whether it looks as that did; then nothing is said of it
 */
public record Description(
    String text,
    double meanLogProbability,
    int tokens,
    boolean unsure,
    List<Label> labels,
    List<Turn> turns,
    long queueMicros,
    long visionMicros,
    long decodeMicros,
    @Nullable Signature signature,
    boolean unchanged) {
  public static final String BETWEEN_ANSWERS = " / ";

  /**
   * A label that was asked for.
   *
   * @param logProbability sum over its tokens
   * @param probability among the labels, which sum to 1
   */
  public record Label(String text, double logProbability, double probability) {}

  /** A question and its answer. */
  public record Turn(String question, String answer) {}

  public Description {
    labels = List.copyOf(labels);
    turns = List.copyOf(turns);
  }

  /** Of a clip that was not compared with another. */
  public Description(
      String text,
      double meanLogProbability,
      int tokens,
      boolean unsure,
      List<Label> labels,
      List<Turn> turns,
      long queueMicros,
      long visionMicros,
      long decodeMicros) {
    this(
        text,
        meanLogProbability,
        tokens,
        unsure,
        labels,
        turns,
        queueMicros,
        visionMicros,
        decodeMicros,
        null,
        false);
  }

  /** Of a task that gives neither labels nor turns. */
  public Description(
      String text,
      double meanLogProbability,
      int tokens,
      boolean unsure,
      long queueMicros,
      long visionMicros,
      long decodeMicros) {
    this(
        text,
        meanLogProbability,
        tokens,
        unsure,
        List.of(),
        List.of(),
        queueMicros,
        visionMicros,
        decodeMicros);
  }

  /** Of a clip that looks as an earlier one did. */
  public static Description unchanged(Signature signature, long queueMicros, long visionMicros) {
    return new Description(
        "", 0, 0, false, List.of(), List.of(), queueMicros, visionMicros, 0, signature, true);
  }

  /** The same, with the signature of its clip. */
  public Description with(@Nullable Signature ofItsClip) {
    return new Description(
        text,
        meanLogProbability,
        tokens,
        unsure,
        labels,
        turns,
        queueMicros,
        visionMicros,
        decodeMicros,
        ofItsClip,
        unchanged);
  }

  /** Of the whole text: e to the sum of its tokens' log-probabilities, end tokens included. */
  public double probability() {
    return Math.exp(meanLogProbability * tokens);
  }
}
