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
  private final int[] targets;
  private final float[] counts;
  private int counted;

  /** Texts of different lengths, padded at the end. */
  TextBatch(List<int[]> texts, int pad) {
    batch = texts.size();
    length = texts.stream().mapToInt(text -> text.length).max().orElse(1) - 1;
    inputs = new int[batch * length];
    targets = new int[batch * length];
    counts = new float[batch * length];
    for (int b = 0; b < batch; b++) {
      int[] text = texts.get(b);
      for (int i = 0; i < length; i++) {
        boolean there = i + 1 < text.length;
        inputs[b * length + i] = i < text.length ? text[i] : pad;
        targets[b * length + i] = there ? text[i + 1] : pad;
        counts[b * length + i] = there ? 1 : 0;
        counted += there ? 1 : 0;
      }
    }
  }

  Tensor inputs(TorchBackend backend) {
    return backend.constant(inputs, batch, length);
  }

  /** Every token follows the first media. */
  Tensor textTime(TorchBackend backend) {
    int[] times = new int[batch * length];
    Arrays.fill(times, 1);
    return backend.constant(times, batch, length);
  }

  /** Mean cross-entropy per counted token of logits {@code [B, L, V]}. */
  NDArray loss(NDManager step, Tensor logits) {
    int vocabulary = (int) logits.shape()[2];
    float[] picked = new float[batch * length * vocabulary];
    for (int i = 0; i < targets.length; i++) {
      picked[i * vocabulary + targets[i]] = -counts[i] / counted;
    }
    NDArray wanted = step.create(picked, new Shape(batch, length, vocabulary));
    return TorchTensor.array(logits.logSoftmax()).mul(wanted).sum();
  }
}
