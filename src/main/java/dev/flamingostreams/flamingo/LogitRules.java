package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
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
  private final Constants constants;

  LogitRules(Decoding decoding, int endToken, Tensor prompt, Tensor start, Backend backend) {
    this.decoding = decoding;
    this.endToken = endToken;
    this.prompt = prompt;
    this.start = start;
    this.backend = backend;
    this.constants = new Constants(backend);
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
    Tensor end =
        constants.range(0, vocabulary).equal(constants.of(endToken)).reshape(1, vocabulary);
    return end.and(count.less(constants.of(decoding.minTokens())))
        .where(constants.of(NEVER), logProbabilities);
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
    Tensor window = constants.range(0, windows).reshape(1, windows);
    Tensor match = window.add(constants.of(n - 1 - written)).less(count);
    match = match.and(window.less(start).not());
    for (int j = 0; j < n - 1; j++) {
      Tensor last = column(text, count.add(constants.of(written - n + 1 + j)));
      match = match.and(text.slice(1, j, j + windows).equal(last));
    }
    Tensor follows = match.where(text.slice(1, n - 1, length), constants.of(-1));
    int vocabulary = (int) logProbabilities.shape()[1];
    Tensor banned =
        follows
            .reshape(rows, windows, 1)
            .equal(constants.range(0, vocabulary).reshape(1, 1, vocabulary))
            .toFloat()
            .max(1);
    return constants.of(0f).less(banned).where(constants.of(NEVER), logProbabilities);
  }

  /** {@code [R, 1]}; a text too short for that column has no window that matches. */
  private Tensor column(Tensor text, Tensor at) {
    Tensor first = constants.of(0);
    Tensor within = at.less(first).where(first, at);
    return text.transpose(1, 0).gather(within).reshape(text.shape()[0], 1);
  }
}
