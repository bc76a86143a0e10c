package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import java.util.Arrays;

/**
 * How far two engines say the same of clips.
 *
 * @param clips compared
 * @param equal clips of which both wrote the same tokens
 */
public record CompiledAgreement(int clips, int equal) {

  /**
   * Runs both.
   *
   * @param reference what the other is compared with
   * @param work clips at once, which both batch as they like
   */
  public static CompiledAgreement of(
      ModelDirectory directory, EngineOptions reference, EngineOptions other, ModelPath.Work work) {
    int[] expected = tokens(directory, reference, work);
    int[] given = tokens(directory, other, work);
    int each = expected.length / work.clips();
    int equal = 0;
    for (int i = 0; i < work.clips(); i++) {
      int from = i * each;
      equal += Arrays.equals(expected, from, from + each, given, from, from + each) ? 1 : 0;
    }
    return new CompiledAgreement(work.clips(), equal);
  }

  private static int[] tokens(
      ModelDirectory directory, EngineOptions options, ModelPath.Work work) {
    try (ModelPath path = CompiledPath.open(directory, options)) {
      return path.run(work).tokens();
    }
  }
}
