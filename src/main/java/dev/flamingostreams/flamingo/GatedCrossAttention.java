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
  private final FeedForward feedForward;
  private final Tensor feedForwardGate; // (1)

  GatedCrossAttention(Weights weights, int width, int mediaWidth, int heads) {
    norm = new LayerNorm(weights.at("norm"), width);
    attention = new Attention(weights.at("attention"), width, mediaWidth, heads);
    attentionGate = weights.get("attention_gate", 1);
    feedForward = new FeedForward(weights.at("feed_forward"), width);
    feedForwardGate = weights.get("feed_forward_gate", 1);
  }

  /** Keys and values of {@code [B, M·R, D]} latents: once per clip, shared by all steps. */
  Attention.KeyValue keyValue(Tensor latents) {
    return attention.keyValue(latents);
  }

  /**
   * Text that has looked at its media.
   *
   * @param x {@code [B, L, D]}
   * @param bias {@code [B, 1, L, M·R]}
   * @param seesMedia {@code [B, L, 1]}, 0 for tokens that see none
   */
  Tensor forward(Tensor x, Attention.KeyValue media, Tensor bias, Tensor seesMedia) {
    Tensor seen = attention.attend(norm.forward(x), media, bias).mul(seesMedia);
    Tensor y = x.add(seen.mul(attentionGate.tanh()));
    return y.add(feedForward.forward(y).mul(feedForwardGate.tanh()));
  }
}
