package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;

/** How likely a prompt is to be continued by each of some texts. The prompt is read once. */
final class LabelScores {
  private final Continuation continuation;
  private final int clips;
  private final Backend backend;

  LabelScores(Continuation continuation, int clips, Backend backend) {
    this.continuation = continuation;
    this.clips = clips;
    this.backend = backend;
  }

  /**
   * Sums of the log-probabilities of each label's tokens, {@code [B, C]}.
   *
   * @param labels ints {@code [C, N]}, padded at their ends
   * @param mask {@code [C, N]}, 1 for a token, 0 for padding
   */
  Tensor score(Tensor labels, Tensor mask) {
    long count = labels.shape()[0];
    long length = labels.shape()[1];
    long rows = clips * count;
    Tensor tokens =
        labels.reshape(1, count, length).expand(clips, count, length).reshape(rows, length);
    Continuation.Start start = continuation.start();
    long vocabulary = start.logits().shape()[1];
    Tensor logits = start.logits().reshape(rows, 1, vocabulary);
    if (length > 1) {
      Tensor rest = continuation.readAll(tokens.slice(1, 0, length - 1), start.cache());
      logits = backend.concat(List.of(logits, rest), 1);
    }
    Tensor each = pick(logits.logSoftmax(), tokens).reshape(clips, count, length);
    // not multiplied by 0: engines may give minus infinity for what can hardly come
    Tensor zero = backend.constant(new float[] {0}, 1);
    return zero.less(mask).where(each, zero).mean(-1).scale((double) length);
  }

  /** Of {@code [R, N, V]} the value of each token. */
  private Tensor pick(Tensor logProbabilities, Tensor tokens) {
    long[] s = logProbabilities.shape();
    int rows = Math.toIntExact(s[0] * s[1]);
    int[] offsets = new int[rows];
    for (int i = 0; i < rows; i++) {
      offsets[i] = Math.toIntExact(i * s[2]);
    }
    Tensor flat = tokens.reshape(rows).add(backend.constant(offsets, rows));
    return logProbabilities.reshape(rows * s[2], 1).gather(flat);
  }
}
