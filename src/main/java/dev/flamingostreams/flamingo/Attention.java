package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

/** Multi-head attention without biases: queries of one width over media or text of another. */
final class Attention {
  private final int heads;
  private final Tensor query; // (D, D)
  private final Tensor key; // (D of what is attended to, D)
  private final Tensor value;
  private final Tensor out; // (D, D)

  Attention(Weights weights, int width, int attendedWidth, int heads) {
    this.heads = heads;
    query = weights.get("query.weight", width, width);
    key = weights.get("key.weight", attendedWidth, width);
    value = weights.get("value.weight", attendedWidth, width);
    out = weights.get("out.weight", width, width);
  }

  /** Keys and values, {@code [B, H, K, D/H]} each. */
  record KeyValue(Tensor keys, Tensor values) {}

  KeyValue keyValue(Tensor attended) {
    return new KeyValue(split(attended.matmul(key)), split(attended.matmul(value)));
  }

  /**
   * Each query's mean of the values, weighted by how well its key fits.
   *
   * @param x {@code [B, Q, D]}
   * @param bias added to the scores {@code [B, H, Q, K]}; minus infinity hides
   * @return {@code [B, Q, D]}
   */
  Tensor attend(Tensor x, KeyValue attended, @Nullable Tensor bias) {
    Tensor q = split(x.matmul(query));
    double scale = 1 / Math.sqrt((double) q.shape()[3]);
    Tensor scores = q.scale(scale).matmul(attended.keys.transpose(0, 1, 3, 2));
    Tensor probabilities = (bias == null ? scores : scores.add(bias)).softmax();
    return join(probabilities.matmul(attended.values)).matmul(out);
  }

  /** {@code [B, Q, D] -> [B, H, Q, D/H]}. */
  private Tensor split(Tensor x) {
    long[] s = x.shape();
    return x.reshape(s[0], s[1], heads, s[2] / heads).transpose(0, 2, 1, 3);
  }

  private static Tensor join(Tensor x) {
    long[] s = x.shape();
    return x.transpose(0, 2, 1, 3).reshape(s[0], s[2], s[1] * s[3]);
  }
}
