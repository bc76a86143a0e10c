package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A causal decoder with gated cross-attentions before some of its blocks. */
final class LanguageModel {
  private final Backend backend;
  private final Tensor embeddings; // (V, E)
  private final Tensor head; // (V, E)
  private final Decoder decoder;
  private final List<@Nullable GatedCrossAttention> crossAttentions = new ArrayList<>();

  /**
   * A model for texts of at most {@code length} tokens.
   *
   * @param mediaWidth of the latents
   */
  LanguageModel(
      LanguageConfig config,
      CrossAttentionConfig crossAttention,
      int mediaWidth,
      int length,
      Weights weights,
      Backend backend) {
    this.backend = backend;
    int width = config instanceof LanguageConfig.Opt opt ? opt.embeddingWidth() : config.width();
    embeddings = weights.get("embeddings", config.vocabulary(), width);
    head = config.tiedHead() ? embeddings : weights.get("head", config.vocabulary(), width);
    decoder = Decoder.of(config, length, weights, backend);
    for (int i = 0; i < config.layers(); i++) {
      Weights at = weights.at("blocks." + i + ".cross_attention");
      crossAttentions.add(
          crossAttention.before(i)
              ? new GatedCrossAttention(at, config.width(), mediaWidth, crossAttention)
              : null);
    }
  }

  /** What text may look at: keys and values of each cross-attention, and who sees what. */
  record Media(List<Attention.@Nullable KeyValue> layers, Tensor bias, Tensor seesMedia) {

    Media withText(Tensor newBias, Tensor newSeesMedia) {
      return new Media(layers, newBias, newSeesMedia);
    }
  }

  Media media(Tensor latents, Tensor bias, Tensor seesMedia) {
    List<Attention.@Nullable KeyValue> layers = new ArrayList<>();
    for (GatedCrossAttention cross : crossAttentions) {
      layers.add(cross == null ? null : cross.keyValue(latents));
    }
    return new Media(layers, bias, seesMedia);
  }

  /** Places in texts that begin with padding: {@code start} ints {@code [R, 1]}. */
  Places places(Tensor start) {
    return new Places(decoder.slopes(), start, backend);
  }

  /** {@link Decoder.Memory} of every block. */
  interface Memory {
    Attention.KeyValue attended(int layer, Attention.KeyValue ofTheseTokens);
  }

  /**
   * Hidden states of each token.
   *
   * @param tokens {@code [R, L]} ints; R is a multiple of the media's B
   * @param media null for text alone
   * @return hidden states {@code [R, L, E]}
   */
  Tensor forward(Tensor tokens, @Nullable Media media, Place place, Memory memory) {
    Tensor x = decoder.begin(embeddings.gather(tokens), place);
    for (int i = 0; i < decoder.blocks().size(); i++) {
      int layer = i;
      GatedCrossAttention cross = crossAttentions.get(i);
      Attention.KeyValue seen = media == null ? null : media.layers.get(i);
      if (media != null && seen != null && cross != null) {
        x = x.within(y -> cross.forward(y, seen, media.bias, media.seesMedia));
      }
      x = decoder.blocks().get(i).forward(x, place, own -> memory.attended(layer, own));
    }
    return decoder.end(x);
  }

  /** Hidden states to logits over the vocabulary, {@code [..., V]}. */
  Tensor logits(Tensor hidden) {
    return hidden.matmulTransposed(head);
  }
}
