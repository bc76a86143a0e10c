package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head attention: queries of one width over media or text of another. Keys and values may
 * have fewer heads, each for a group of queries (Ainslie et al. 2023).
 */
final class Attention {
  private final int heads;
  private final int keyValueHeads;
  private final Projection query;
  private final Projection key;
  private final Projection value;
  private final Projection out;

  Attention(
      int heads,
      int keyValueHeads,
      Projection query,
      Projection key,
      Projection value,
      Projection out) {
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.query = query;
    this.key = key;
    this.value = value;
    this.out = out;
  }

  /** Over what has another width, without biases. */
  static Attention across(Weights weights, int width, int attendedWidth, int heads, int headWidth) {
    int inner = heads * headWidth;
    return new Attention(
        heads,
        heads,
        new Linear(weights.at("query"), width, inner, false),
        new Linear(weights.at("key"), attendedWidth, inner, false),
        new Linear(weights.at("value"), attendedWidth, inner, false),
        new Linear(weights.at("out"), inner, width, false));
  }

  /** Over tokens like those that ask; the heads share the width. */
  static Attention self(Weights weights, int width, int heads, boolean biased) {
    return new Attention(
        heads,
        heads,
        new Linear(weights.at("query"), width, width, biased),
        new Linear(weights.at("key"), width, width, biased),
        new Linear(weights.at("value"), width, width, biased),
        new Linear(weights.at("out"), width, width, biased));
  }

  /** Keys and values, {@code [B, G, K, d]} each: G heads of width d. */
  record KeyValue(Tensor keys, Tensor values) {}

  KeyValue keyValue(Tensor attended) {
    return new KeyValue(
        split(key.forward(attended), keyValueHeads), split(value.forward(attended), keyValueHeads));
  }

  /** {@code [B, Q, D] -> [B, H, Q, d]}. */
  Tensor queries(Tensor x) {
    return split(query.forward(x), heads);
  }

  /**
   * Each query's mean of the values, weighted by how well its key fits.
   *
   * @param queries {@code [B, H, Q, d]}
   * @param bias added to the scores {@code [B, H, Q, K]}; very negative hides
   * @return {@code [B, Q, D]}
   */
  Tensor attend(Tensor queries, KeyValue attended, @Nullable Tensor bias) {
    long[] s = queries.shape();
    Tensor mean = queries.attention(attended.keys, attended.values, bias);
    Tensor tokens = s[2] == 1 ? mean : mean.transpose(0, 2, 1, 3);
    return out.forward(tokens.reshape(s[0], s[2], heads * s[3]));
  }

  private static Tensor split(Tensor x, int heads) {
    long[] s = x.shape();
    long width = s[2] / heads;
    return s[1] == 1
        ? x.reshape(s[0], heads, 1, width)
        : x.reshape(s[0], s[1], heads, width).transpose(0, 2, 1, 3);
  }
}
