package dev.flamingostreams.flamingo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The shape of a language model: a causal decoder of one of the families that Flamingos have. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LanguageConfig.Mpt.class, name = "mpt"),
  @JsonSubTypes.Type(value = LanguageConfig.GptNeoX.class, name = "gpt-neox"),
  @JsonSubTypes.Type(value = LanguageConfig.Opt.class, name = "opt"),
  @JsonSubTypes.Type(value = LanguageConfig.Llama.class, name = "llama")
})
public sealed interface LanguageConfig {

  /** Rows of the token embedding. */
  int vocabulary();

  int width();

  int layers();

  /** Query heads. */
  int heads();

  /** Width inside the feed-forwards. */
  int feedForward();

  /** Tokens of a text at most, prompt and answer together. */
  int context();

  /** Whether the embeddings are also what hidden states are compared with for the next token. */
  boolean tiedHead();

  void validate();

  /**
   * MosaicML's models with attention biased by distance (ALiBi), MPT and the older MosaicGPT; the
   * default model is one too.
   *
   * @param biases whether linear layers have biases
   * @param normBiases whether layer norms have
   * @param queryKeyNorm whether queries and keys are normed, as in mpt-1b-redpajama
   * @param clip of queries, keys and values to ± that; 0: none
   * @param alibiBiasMax the exponent that the slopes of ALiBi reach
   */
  record Mpt(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int feedForward,
      int context,
      boolean tiedHead,
      boolean biases,
      boolean normBiases,
      boolean queryKeyNorm,
      double clip,
      double alibiBiasMax)
      implements LanguageConfig {

    @Override
    public void validate() {
      validateCommon(this);
      Check.that(clip >= 0 && Double.isFinite(clip), "language.clip", clip, "0 or more");
      Check.positive("language.alibiBiasMax", alibiBiasMax);
    }
  }

  /**
   * GPT-NeoX, with rotary positions: Pythia, RedPajama-INCITE.
   *
   * @param rotaryFraction of each head that is rotated
   * @param parallelResidual whether attention and feed-forward see the same input
   */
  record GptNeoX(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int feedForward,
      int context,
      boolean tiedHead,
      Activation activation,
      double rotaryFraction,
      double rotaryBase,
      boolean parallelResidual,
      double normEpsilon)
      implements LanguageConfig {

    /** Elements of each head that are rotated. */
    int rotated() {
      return (int) ((double) width / heads * rotaryFraction);
    }

    @Override
    public void validate() {
      validateCommon(this);
      Check.that(
          rotaryFraction > 0 && rotaryFraction <= 1,
          "language.rotaryFraction",
          rotaryFraction,
          "above 0, at most 1");
      int rotated = rotated();
      Check.that(
          rotated >= 2 && rotated % 2 == 0,
          "language.rotaryFraction",
          rotaryFraction,
          "that of an even part of a head, not of " + rotated + " elements");
      Check.positive("language.rotaryBase", rotaryBase);
      Check.positive("language.normEpsilon", normEpsilon);
    }
  }

  /**
   * OPT, with learnt positions.
   *
   * @param normFirst whether norms stand before what they norm (all but opt-350m)
   * @param embeddingWidth of the tokens, projected to the width where it differs (opt-350m)
   */
  record Opt(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int feedForward,
      int context,
      boolean tiedHead,
      Activation activation,
      boolean normFirst,
      int embeddingWidth)
      implements LanguageConfig {

    @Override
    public void validate() {
      validateCommon(this);
      Check.range("language.embeddingWidth", embeddingWidth, 1, Check.MOST);
    }
  }

  /**
   * LLaMA, with rotary positions, gated feed-forwards and keys shared by groups of heads.
   *
   * @param keyValueHeads of keys and values, each shared by as many queries
   * @param headWidth of one head
   */
  record Llama(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int keyValueHeads,
      int headWidth,
      int feedForward,
      int context,
      boolean tiedHead,
      double rotaryBase,
      double normEpsilon)
      implements LanguageConfig {

    @Override
    public void validate() {
      validateCommon(this);
      Check.divides("language.keyValueHeads", keyValueHeads, heads);
      Check.range("language.headWidth", headWidth, 2, 4096);
      Check.that(headWidth % 2 == 0, "language.headWidth", headWidth, "even");
      Check.positive("language.rotaryBase", rotaryBase);
      Check.positive("language.normEpsilon", normEpsilon);
    }
  }

  private static void validateCommon(LanguageConfig config) {
    Check.range("language.vocabulary", config.vocabulary(), 1, 1 << 20);
    Check.range("language.width", config.width(), 1, Check.MOST);
    Check.range("language.layers", config.layers(), 1, 1000);
    if (!(config instanceof Llama)) {
      Check.divides("language.heads", config.heads(), config.width());
    }
    Check.range("language.heads", config.heads(), 1, 1024);
    Check.range("language.feedForward", config.feedForward(), 1, 1 << 18);
    Check.range("language.context", config.context(), 1, 1 << 20);
  }
}
