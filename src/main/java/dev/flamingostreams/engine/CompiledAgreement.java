package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import java.util.Arrays;

/**
 * How far two engines say the same of clips.
 *
 * @param referenceVersion of what the other is compared with
 * @param version of the other
 * @param clips compared
 * @param equal clips of which both wrote the same tokens
 * @param logitsError largest difference of the first token's logits, over the largest logit
 */
public record CompiledAgreement(
    String referenceVersion, String version, int clips, int equal, double logitsError) {

  /** What one engine makes of the clips. */
  record Result(String version, int[] tokens, float[] logits) {

    static Result of(ModelDirectory directory, EngineOptions options, ModelPath.Work work) {
      try (CompiledPath path = CompiledPath.open(directory, options)) {
        return of(path, work);
      }
    }

    static Result of(CompiledPath path, ModelPath.Work work) {
      return new Result(path.version(), path.run(work).tokens(), path.logits(work));
    }
  }

  /**
   * Runs both.
   *
   * @param reference what the other is compared with
   * @param work clips at once, which both batch as they like
   */
  public static CompiledAgreement of(
      ModelDirectory directory, EngineOptions reference, EngineOptions other, ModelPath.Work work) {
    Result expected = Result.of(directory, reference, work);
    return of(expected, Result.of(directory, other, work), work.clips());
  }

  static CompiledAgreement of(Result expected, Result given, int clips) {
    return new CompiledAgreement(
        expected.version,
        given.version,
        clips,
        equal(expected.tokens, given.tokens, clips),
        error(expected.logits, given.logits));
  }

  /**
   * Compiles, where that takes minutes, what {@link #of} runs.
   *
   * @param work pixels are not needed
   */
  public static void prepare(ModelDirectory directory, EngineOptions options, ModelPath.Work work) {
    try (CompiledPath path = CompiledPath.open(directory, options)) {
      path.prepare(work);
      path.prepareLogits(work);
    }
  }

  private static int equal(int[] expected, int[] given, int clips) {
    int each = expected.length / clips;
    int equal = 0;
    for (int i = 0; i < clips; i++) {
      int from = i * each;
      equal += Arrays.equals(expected, from, from + each, given, from, from + each) ? 1 : 0;
    }
    return equal;
  }

  private static double error(float[] expected, float[] given) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - given[i]));
    }
    return difference / largest;
  }
}
