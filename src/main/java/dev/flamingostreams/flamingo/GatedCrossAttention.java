package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;

/**
 * Lets text look at media: cross-attention and a feed-forward, each behind a tanh gate that starts
 * at 0, so that an untrained block changes nothing.
 */
final class GatedCrossAttention {
  private final LayerNorm norm;
  private final Attention attention;
  private final Tensor attentionGate; // (1)
  private final Projection feedForward;
  private final Tensor feedForwardGate; // (1)

  GatedCrossAttention(Weights weights, int width, int mediaWidth, CrossAttentionConfig config) {
    norm = new LayerNorm(weights.at("norm"), width);
    attention =
        Attention.across(
            weights.at("attention"), width, mediaWidth, config.heads(), config.headWidth());
    attentionGate = weights.get("attention_gate", 1).tanh();
    feedForward =
        FeedForward.normed(
            weights.at("feed_forward"), width, config.feedForward(), config.activation());
    feedForwardGate = weights.get("feed_forward_gate", 1).tanh();
  }

  /** Keys and values of {@code [B, M·R, D]} latents: once per clip, shared by all steps. */
  Attention.KeyValue keyValue(Tensor latents) {
    return attention.keyValue(latents);
  }

  /**
   * Text that has looked at its media.
   *
   * @param x {@code [R, L, D]}; R is a multiple of B: texts of one clip stand together and share
   *     its keys and values
   * @param bias {@code [B, 1, L, M·R]}, or one row for all of them where L is 1
   * @param seesMedia {@code [B, L, 1]}, 0 for tokens that see none
   */
  Tensor forward(Tensor x, Attention.KeyValue media, Tensor bias, Tensor seesMedia) {
    long[] s = x.shape();
    long clips = media.keys().shape()[0];
    Tensor text = x.reshape(clips, s[0] / clips * s[1], s[2]);
    Tensor queries = attention.queries(norm.forward(text));
    Tensor seen = attention.attend(queries, media, bias);
    Tensor y = text.add(seen.mul(seesMedia.mul(attentionGate)));
    return y.add(feedForward.forward(y).mul(feedForwardGate)).reshape(s);
  }
}
