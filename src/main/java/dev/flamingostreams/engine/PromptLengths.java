package dev.flamingostreams.engine;

/**
 * Graphs exist for prompts of some lengths only, so that texts of about one length share one; a
 * shorter prompt is padded at its beginning.
 */
final class PromptLengths {
  private static final int SHORT = 8;
  private static final int MEDIUM = 64;
  private static final int STEP = 16;

  private PromptLengths() {}

  /**
   * The length of the graph for a prompt: its own up to 8 tokens, then a multiple of 16, beyond 64
   * of 64.
   *
   * @param most that the model has room for
   */
  static int padded(int length, int most) {
    if (length <= SHORT) {
      return length;
    }
    int step = length <= MEDIUM ? STEP : MEDIUM;
    return Math.max(length, Math.min(most, (length + step - 1) / step * step));
  }
}
