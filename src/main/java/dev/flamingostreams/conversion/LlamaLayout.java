package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.LanguageConfig;

/** LLaMA as transformers stores it. */
final class LlamaLayout implements LanguageLayout {
  private final Settings config;

  LlamaLayout(Settings config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "LLaMA";
  }

  @Override
  public String embeddings() {
    return "model.embed_tokens.weight";
  }

  @Override
  public String head() {
    return "lm_head.weight";
  }

  @Override
  public LanguageConfig config(int vocabulary, Sources sources) {
    config.none("attention_bias", "mlp_bias").only("hidden_act", "silu");
    Rope rope = Rope.of(config, "rope_theta", "partial_rotary_factor", 1);
    if (rope.fraction() != 1) {
      throw config.fault("partial_rotary_factor", "1");
    }
    int width = config.integer("hidden_size", 4096);
    int heads = Math.max(1, config.integer("num_attention_heads", 32));
    return new LanguageConfig.Llama(
        vocabulary,
        width,
        config.integer("num_hidden_layers", 32),
        heads,
        config.integer("num_key_value_heads", heads),
        config.integer("head_dim", width / heads),
        config.integer("intermediate_size", 11008),
        config.integer("max_position_embeddings", 2048),
        config.flag("tie_word_embeddings", false),
        rope.base(),
        config.number("rms_norm_eps", 1e-6));
  }

  @Override
  public void weights(LanguageConfig config, Part part) {
    for (int i = 0; i < config.layers(); i++) {
      block(part.at("blocks." + i, "model.layers." + i));
    }
    part.norm("norm", "model.norm", false);
    // constants that older versions stored
    part.sources().ignore("model\\.(layers\\.[0-9]+\\.self_attn\\.)?rotary_emb\\.inv_freq");
  }

  private static void block(Part part) {
    part.norm("norm", "input_layernorm", false);
    part.linear("attention.query", "self_attn.q_proj", false);
    part.linear("attention.key", "self_attn.k_proj", false);
    part.linear("attention.value", "self_attn.v_proj", false);
    part.linear("attention.out", "self_attn.o_proj", false);
    part.norm("feed_forward.norm", "post_attention_layernorm", false);
    part.linear("feed_forward.gate", "mlp.gate_proj", false);
    part.linear("feed_forward.up", "mlp.up_proj", false);
    part.linear("feed_forward.down", "mlp.down_proj", false);
  }
}
