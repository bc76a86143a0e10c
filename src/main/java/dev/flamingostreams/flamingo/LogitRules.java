package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Which tokens may not come next: the end too early, and what would repeat n tokens in a row. */
final class LogitRules {
  /** As a log-probability: never. */
  static final float NEVER = -1e9f;

  private final Decoding decoding;
  private final int endToken;
  private final Tensor prompt; // ints (R, L)
  private final Tensor start; // ints (R, 1): tokens of padding before each
  private final Backend backend;

  LogitRules(Decoding decoding, int endToken, Tensor prompt, Tensor start, Backend backend) {
    this.decoding = decoding;
    this.endToken = endToken;
    this.prompt = prompt;
    this.start = start;
    this.backend = backend;
  }

  /**
   * Log-probabilities {@code [R, V]} with {@link #NEVER} for what may not come.
   *
   * @param tokens ints {@code [R, N]}, the first {@code count} of them written
   * @param count int {@code [1]}
   */
  Tensor apply(Tensor logProbabilities, Tensor tokens, Tensor count) {
    Tensor allowed = logProbabilities;
    if (decoding.minTokens() > 0) {
      allowed = noEarlyEnd(allowed, count);
    }
    if (decoding.noRepeatNgram() > 0) {
      allowed = noRepetition(allowed, tokens, count);
    }
    return allowed;
  }

  private Tensor noEarlyEnd(Tensor logProbabilities, Tensor count) {
    int vocabulary = (int) logProbabilities.shape()[1];
    Tensor end = range(vocabulary).equal(constant(endToken)).reshape(1, vocabulary);
    return end.and(count.less(constant(decoding.minTokens()))).where(never(), logProbabilities);
  }

  private Tensor noRepetition(Tensor logProbabilities, Tensor tokens, Tensor count) {
    int n = decoding.noRepeatNgram();
    Tensor text = backend.concat(List.of(prompt, tokens), 1);
    int rows = (int) text.shape()[0];
    int length = (int) text.shape()[1];
    if (length < n) {
      return logProbabilities;
    }
    int windows = length - n + 1;
    int written = (int) prompt.shape()[1];
    // the last token of a window must have been written
    Tensor match = range(windows).add(constant(n - 1 - written)).less(count).reshape(1, windows);
    match = match.and(range(windows).reshape(1, windows).less(start).not());
    for (int j = 0; j < n - 1; j++) {
      Tensor last = column(text, count.add(constant(written - n + 1 + j)));
      match = match.and(text.slice(1, j, j + windows).equal(last));
    }
    Tensor follows = match.where(text.slice(1, n - 1, length), constant(-1));
    int vocabulary = (int) logProbabilities.shape()[1];
    Tensor banned =
        follows
            .reshape(rows, windows, 1)
            .equal(range(vocabulary).reshape(1, 1, vocabulary))
            .toFloat()
            .max(1);
    return backend.constant(new float[] {0}, 1).less(banned).where(never(), logProbabilities);
  }

  /** {@code [R, 1]}; a text too short for that column has no window that matches. */
  private static Tensor column(Tensor text, Tensor at) {
    Tensor first = at.sub(at);
    Tensor within = at.less(first).where(first, at);
    return text.transpose(1, 0).gather(within).reshape(text.shape()[0], 1);
  }

  private Tensor never() {
    return backend.constant(new float[] {NEVER}, 1);
  }

  private Tensor constant(int value) {
    return backend.constant(new int[] {value}, 1);
  }

  private Tensor range(int size) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> i);
    return backend.constant(values, size);
  }
}
