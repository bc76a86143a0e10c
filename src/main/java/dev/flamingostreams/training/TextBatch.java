package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Texts of a batch: inputs, the token that follows each, and which of them count. */
final class TextBatch {
  private final int batch;
  private final int length;
  private final int[] inputs;
  private final int[] textTimes;
  private final int[] targets;
  private final boolean[] counts;
  private int counted;

  private TextBatch(int batch, int length, int pad) {
    this.batch = batch;
    this.length = length;
    inputs = new int[batch * length];
    textTimes = new int[batch * length];
    targets = new int[batch * length];
    counts = new boolean[batch * length];
    Arrays.fill(inputs, pad);
  }

  /**
   * Rows of chunks, one after the other, of different lengths.
   *
   * @param pad fills the ends of short rows
   * @param prompts whether the tokens that the model is told count too, such as questions; what
   *     begins a chunk never does
   */
  static TextBatch of(List<List<Chunk>> rows, int pad, boolean prompts) {
    int length =
        rows.stream()
            .mapToInt(row -> row.stream().mapToInt(c -> c.tokens().length).sum())
            .max()
            .orElse(1);
    TextBatch texts = new TextBatch(rows.size(), length, pad);
    for (int row = 0; row < rows.size(); row++) {
      int at = row * length;
      for (int i = 0; i < rows.get(row).size(); i++) {
        at = texts.put(rows.get(row).get(i), at, i + 1, prompts);
      }
    }
    return texts;
  }

  private int put(Chunk chunk, int at, int media, boolean prompts) {
    for (int i = 0; i < chunk.tokens().length; i++) {
      inputs[at + i] = chunk.tokens()[i];
      textTimes[at + i] = media;
      if (i > 0 && (prompts || i >= chunk.answer())) {
        targets[at + i - 1] = chunk.tokens()[i];
        counts[at + i - 1] = true;
        counted++;
      }
    }
    return at + chunk.tokens().length;
  }

  Tensor inputs(TorchBackend backend) {
    return backend.constant(inputs, batch, length);
  }

  /** The media each token follows, from 1. */
  Tensor textTime(TorchBackend backend) {
    return backend.constant(textTimes, batch, length);
  }

  /** Mean cross-entropy per counted token of logits {@code [B, L, V]}. */
  NDArray loss(NDManager step, Tensor logits) {
    int vocabulary = (int) logits.shape()[2];
    float[] picked = new float[batch * length * vocabulary];
    for (int i = 0; i < targets.length; i++) {
      if (counts[i]) {
        picked[i * vocabulary + targets[i]] = -1f / counted;
      }
    }
    NDArray wanted = step.create(picked, new Shape(batch, length, vocabulary));
    return TorchTensor.array(logits.logSoftmax()).mul(wanted).sum();
  }
}
