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
    MptLayout.Names names =
        new MptLayout.Names("ln_1", "ln_2", "mlp.mlp_up", "mlp.mlp_down", "ln_f");
    MptLayout.weights((LanguageConfig.Mpt) config, part, names);
  }
}
