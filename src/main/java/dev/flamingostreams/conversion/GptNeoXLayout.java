package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.LanguageConfig;
import java.util.List;

/** GPT-NeoX as transformers stores it: Pythia, RedPajama-INCITE. */
final class GptNeoXLayout implements LanguageLayout {
  private static final String HEAD = "embed_out.weight";

  private final Settings config;

  GptNeoXLayout(Settings config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "GPT-NeoX";
  }

  /** The head has had another name since version 5. */
  @Override
  public String canonical(String tensor) {
    return tensor.equals("lm_head.weight") ? HEAD : tensor;
  }

  @Override
  public String embeddings() {
    return "gpt_neox.embed_in.weight";
  }

  @Override
  public String head() {
    return HEAD;
  }

  @Override
  public LanguageConfig config(int vocabulary, Sources sources) {
    config.only("hidden_act", "gelu", "relu").only("attention_bias", true);
    Rope rope = Rope.of(config, "rotary_emb_base", "rotary_pct", 0.25);
    return new LanguageConfig.GptNeoX(
        vocabulary,
        config.integer("hidden_size", 6144),
        config.integer("num_hidden_layers", 44),
        config.integer("num_attention_heads", 64),
        config.integer("intermediate_size", 24576),
        config.integer("max_position_embeddings", 2048),
        config.flag("tie_word_embeddings", false),
        config.text("hidden_act", "gelu").equals("relu") ? Activation.RELU : Activation.GELU,
        rope.fraction(),
        rope.base(),
        config.flag("use_parallel_residual", true),
        config.number("layer_norm_eps", 1e-5));
  }

  @Override
  public void weights(LanguageConfig config, Part part) {
    int headWidth = config.width() / config.heads();
    for (int i = 0; i < config.layers(); i++) {
      block(headWidth, part.at("blocks." + i, "gpt_neox.layers." + i));
    }
    part.norm("norm", "gpt_neox.final_layer_norm", true);
    // constants that older versions stored
    part.sources().ignore("gpt_neox\\.layers\\.[0-9]+\\.attention\\.(masked_)?bias");
    part.sources().ignore("gpt_neox\\.(layers\\.[0-9]+\\.attention\\.)?rotary_emb\\.inv_freq");
  }

  private static void block(int headWidth, Part part) {
    part.norm("norm", "input_layernorm", true);
    List<String> fused = List.of("query", "key", "value");
    for (int i = 0; i < fused.size(); i++) {
      Part projection = part.at("attention." + fused.get(i), "attention.query_key_value");
      projection.make("weight", "weight", Transform.headPart(i, fused.size(), headWidth, true));
      projection.make("bias", "bias", Transform.headPart(i, fused.size(), headWidth, false));
    }
    part.linear("attention.out", "attention.dense", true);
    part.norm("feed_forward.norm", "post_attention_layernorm", true);
    part.linear("feed_forward.up", "mlp.dense_h_to_4h", true);
    part.linear("feed_forward.down", "mlp.dense_4h_to_h", true);
  }
}
