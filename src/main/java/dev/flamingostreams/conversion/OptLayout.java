package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.LanguageConfig;
import java.util.List;

/** OPT as transformers stores it. */
final class OptLayout implements LanguageLayout {
  private static final String PREFIX = "model.";

  private final Settings config;

  OptLayout(Settings config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "OPT";
  }

  @Override
  public String canonical(String tensor) {
    return tensor.startsWith(PREFIX) ? tensor.substring(PREFIX.length()) : tensor;
  }

  @Override
  public String embeddings() {
    return "decoder.embed_tokens.weight";
  }

  @Override
  public String head() {
    return "lm_head.weight";
  }

  @Override
  public LanguageConfig config(int vocabulary, Sources sources) {
    config
        .none("_remove_final_layer_norm")
        .only("enable_bias", true)
        .only("layer_norm_elementwise_affine", true)
        .only("activation_function", "relu", "gelu");
    int width = config.integer("hidden_size", 768);
    return new LanguageConfig.Opt(
        vocabulary,
        width,
        config.integer("num_hidden_layers", 12),
        config.integer("num_attention_heads", 12),
        config.integer("ffn_dim", 3072),
        config.integer("max_position_embeddings", 2048),
        config.flag("tie_word_embeddings", true),
        config.text("activation_function", "relu").equals("gelu")
            ? Activation.GELU
            : Activation.RELU,
        config.flag("do_layer_norm_before", true),
        config.integer("word_embed_proj_dim", width));
  }

  @Override
  public void weights(LanguageConfig config, Part whole) {
    LanguageConfig.Opt shape = (LanguageConfig.Opt) config;
    Part part = whole.at("", "decoder");
    part.copy("positions", "embed_positions.weight");
    if (shape.embeddingWidth() != shape.width()) {
      part.linear("project_in", "project_in", false);
      part.linear("project_out", "project_out", false);
    }
    for (int i = 0; i < shape.layers(); i++) {
      block(part.at("blocks." + i, "layers." + i));
    }
    if (shape.normFirst()) {
      part.norm("norm", "final_layer_norm", true);
    }
    part.sources().ignore("decoder\\.version"); // of older versions
  }

  private static void block(Part part) {
    part.norm("norm", "self_attn_layer_norm", true);
    for (String name : List.of("query", "key", "value", "out")) {
      String projection = name.equals("out") ? "out_proj" : name.charAt(0) + "_proj";
      part.linear("attention." + name, "self_attn." + projection, true);
    }
    part.norm("feed_forward.norm", "final_layer_norm", true);
    part.linear("feed_forward.up", "fc1", true);
    part.linear("feed_forward.down", "fc2", true);
  }
}
