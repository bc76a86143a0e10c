package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A causal decoder with ALiBi and tied embeddings; before every n-th block a gated cross-attention
 * looks at the media.
 */
final class LanguageModel {
  private final Tensor embeddings; // (V, D)
  private final List<Block> blocks = new ArrayList<>();
  private final LayerNorm norm;

  LanguageModel(FlamingoConfig.Language config, int mediaWidth, Weights weights) {
    embeddings = weights.get("embeddings", config.vocabulary(), config.width());
    for (int i = 0; i < config.layers(); i++) {
      boolean looks = i % config.crossAttentionEvery() == 0;
      blocks.add(new Block(weights.at("blocks." + i), config, looks ? mediaWidth : 0));
    }
    norm = new LayerNorm(weights.at("norm"), config.width());
  }

  /** What text may look at: keys and values of each cross-attention, and who sees what. */
  record Media(List<Attention.@Nullable KeyValue> layers, Tensor bias, Tensor seesMedia) {

    Media withText(Tensor newBias, Tensor newSeesMedia) {
      return new Media(layers, newBias, newSeesMedia);
    }
  }

  Media media(Tensor latents, Tensor bias, Tensor seesMedia) {
    List<Attention.@Nullable KeyValue> layers = new ArrayList<>();
    for (Block block : blocks) {
      layers.add(block.cross == null ? null : block.cross.keyValue(latents));
    }
    return new Media(layers, bias, seesMedia);
  }

  /** Turns the keys and values of the tokens at hand into all that they may attend to. */
  interface Memory {
    Attention.KeyValue attended(int layer, Attention.KeyValue ofTheseTokens);
  }

  /**
   * Hidden states of each token.
   *
   * @param tokens {@code [B, L]} ints
   * @param media null for text alone
   * @param bias {@code [1, H, L, K]} over what the memory gives
   * @return hidden states {@code [B, L, D]}
   */
  Tensor forward(Tensor tokens, @Nullable Media media, Tensor bias, Memory memory) {
    Tensor x = embeddings.gather(tokens);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      Attention.KeyValue seen = media == null ? null : media.layers.get(i);
      if (media != null && seen != null && block.cross != null) {
        x = block.cross.forward(x, seen, media.bias, media.seesMedia);
      }
      x = block.forward(x, i, bias, memory);
    }
    return norm.forward(x);
  }

  /** Hidden states to logits over the vocabulary, {@code [..., V]}. */
  Tensor logits(Tensor hidden) {
    return hidden.matmul(embeddings.transpose(1, 0));
  }

  int layers() {
    return blocks.size();
  }

  private static final class Block {
    private final @Nullable GatedCrossAttention cross;
    private final LayerNorm norm;
    private final Attention attention;
    private final FeedForward feedForward;

    Block(Weights weights, FlamingoConfig.Language config, int mediaWidth) {
      int width = config.width();
      cross =
          mediaWidth == 0
              ? null
              : new GatedCrossAttention(
                  weights.at("cross_attention"), width, mediaWidth, config.heads());
      norm = new LayerNorm(weights.at("norm"), width);
      attention = new Attention(weights.at("attention"), width, width, config.heads());
      feedForward = new FeedForward(weights.at("feed_forward"), width);
    }

    Tensor forward(Tensor x, int layer, Tensor bias, Memory memory) {
      Tensor n = norm.forward(x);
      Attention.KeyValue attended = memory.attended(layer, attention.keyValue(n));
      Tensor y = x.add(attention.attend(n, attended, bias));
      return y.add(feedForward.forward(y));
    }
  }
}
