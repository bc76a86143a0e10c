package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.LanguageConfig;

/** MPT as llm-foundry and transformers store it. */
final class MptLayout implements LanguageLayout {
  private final Settings config;

  MptLayout(Settings config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "MPT";
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
    Settings attention = config.at("attn_config");
    boolean biases =
        !config.flag("no_bias", !sources.contains("transformer.blocks.0.attn.Wqkv.bias"));
    refuse(attention, biases);
    int width = config.integer("d_model", 2048);
    return new LanguageConfig.Mpt(
        vocabulary,
        width,
        config.integer("n_layers", 24),
        config.integer("n_heads", 16),
        (int) (width * config.number("expansion_ratio", 4)),
        config.integer("max_seq_len", 2048),
        config.flag("tie_word_embeddings", true),
        biases,
        sources.contains("transformer.norm_f.bias"),
        attention.flag("qk_ln", false),
        attention.number("clip_qkv", 0),
        attention.number("alibi_bias_max", 8));
  }

  private void refuse(Settings attention, boolean biases) {
    config
        .none("logit_scale", "final_logit_softcapping", "block_overrides", "head_dim")
        .only("norm_type", "low_precision_layernorm", "layernorm")
        .only("layer_norm_epsilon", 1e-5)
        .only("norm_eps", 1e-5)
        .only("attention_bias", biases);
    config.at("ffn_config").only("ffn_type", "mptmlp").none("ffn_act_fn");
    attention
        .none("softmax_scale", "prefix_lm", "attn_uses_sequence_id", "qk_gn", "rope")
        .only("sliding_window_size", -1)
        .only("kv_n_heads", config.integer("n_heads", 16))
        .only("attn_type", "multihead_attention");
    if (!attention.flag("alibi", false)) {
      throw attention.fault("alibi", "true: learnt positions are not supported");
    }
  }

  @Override
  public void weights(LanguageConfig config, Part part) {
    Names names = new Names("norm_1", "norm_2", "ffn.up_proj", "ffn.down_proj", "norm_f");
    weights((LanguageConfig.Mpt) config, part, names);
  }

  /** What the code of MPT renamed of that of MosaicGPT. */
  record Names(String norm, String feedForwardNorm, String up, String down, String last) {}

  static void weights(LanguageConfig.Mpt shape, Part part, Names names) {
    for (int i = 0; i < shape.layers(); i++) {
      block(shape, part.at("blocks." + i, "transformer.blocks." + i), names);
    }
    part.norm("norm", "transformer." + names.last, shape.normBiases());
  }

  private static void block(LanguageConfig.Mpt shape, Part part, Names names) {
    part.norm("norm", names.norm, shape.normBiases());
    attention(shape, part.at("attention", "attn"));
    part.norm("feed_forward.norm", names.feedForwardNorm, shape.normBiases());
    part.linear("feed_forward.up", names.up, shape.biases());
    part.linear("feed_forward.down", names.down, shape.biases());
  }

  private static void attention(LanguageConfig.Mpt shape, Part part) {
    part.fused("Wqkv", shape.biases(), "query", "key", "value");
    part.linear("out", "out_proj", shape.biases());
    if (shape.queryKeyNorm()) {
      part.norm("query_norm", "q_ln", shape.normBiases());
      part.norm("key_norm", "k_ln", shape.normBiases());
    }
  }
}
