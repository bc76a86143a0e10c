package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.LanguageConfig;

/** What became MPT, as mosaicml/examples stored it: mpt-1b-redpajama-200b. */
final class MosaicGptLayout implements LanguageLayout {
  private final Settings config;

  MosaicGptLayout(Settings config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "MosaicGPT";
  }

  @Override
  public String embeddings() {
    return "transformer.wte.weight";
  }

  @Override
  public String head() {
    return "lm_head.weight";
  }

  @Override
  public LanguageConfig config(int vocabulary, Sources sources) {
    config.none("softmax_scale", "prefix_lm", "logit_scale", "attn_uses_sequence_id");
    if (!config.flag("alibi", false)) {
      throw config.fault("alibi", "true: learnt positions are not supported");
    }
    int width = config.integer("d_model", 2048);
    return new LanguageConfig.Mpt(
        vocabulary,
        width,
        config.integer("n_layers", 24),
        config.integer("n_heads", 16),
        (int) (width * config.number("mlp_ratio", 4)),
        config.integer("max_seq_len", 2048),
        true, // there is no other head in this code
        !config.flag("no_bias", false),
        sources.contains("transformer.ln_f.bias"),
        config.flag("attn_qk_ln", false),
        config.number("attn_clip_qkv", 0),
        config.number("alibi_bias_max", 8));
  }

  @Override
  public void weights(LanguageConfig config, Part part) {
    LanguageConfig.Mpt shape = (LanguageConfig.Mpt) config;
    for (int i = 0; i < shape.layers(); i++) {
      block(shape, part.at("blocks." + i, "transformer.blocks." + i));
    }
    part.norm("norm", "transformer.ln_f", shape.normBiases());
  }

  private static void block(LanguageConfig.Mpt shape, Part part) {
    part.norm("norm", "ln_1", shape.normBiases());
    MptLayout.attention(shape, part);
    part.norm("feed_forward.norm", "ln_2", shape.normBiases());
    part.linear("feed_forward.up", "mlp.mlp_up", shape.biases());
    part.linear("feed_forward.down", "mlp.mlp_down", shape.biases());
  }
}
