package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;

/**
 * flamingo-mini's checkpoints over OPT, as its {@code save_pretrained} writes them: the whole
 * model, or all but the vision encoder.
 */
final class FlamingoMiniLayout implements FlamingoLayout {
  private static final String END = "<EOC>";
  private static final String IMAGE = "<image>";

  /** The first token of {@link #IMAGE}: where flamingo-mini takes a media to be. */
  private static final String MEDIA = "<";

  /** How byte-level vocabularies write a space. */
  private static final String SPACE = "\u0120";

  private static final String RESAMPLER = "flamingo.resampler";
  private static final String CROSS = "flamingo.lm.decoder.layers.%d.xattn_block";
  private static final String CROSS_BLOCK = ".xattn_block.";
  private static final String VISION = "flamingo.vision_encoder.";
  private static final String LANGUAGE = "flamingo.lm.";
  private static final String HEAD = "flamingo.lm_head.";
  private static final String OWN = "flamingo.";
  private static final String BLOCK = ".lm_block.";

  private final Checkpoint checkpoint;
  private final Settings config;

  FlamingoMiniLayout(Checkpoint checkpoint, Settings config) {
    this.checkpoint = checkpoint;
    this.config = config;
  }

  @Override
  public String name() {
    return "flamingo-mini";
  }

  @Override
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public Place place(String tensor) {
    if (tensor.startsWith(VISION)) {
      return new Place(Area.VISION, tensor.substring(VISION.length()));
    }
    if (tensor.startsWith(LANGUAGE) && !tensor.contains(CROSS_BLOCK)) {
      return new Place(Area.LANGUAGE, tensor.substring(LANGUAGE.length()).replace(BLOCK, "."));
    }
    if (tensor.startsWith(HEAD)) {
      return new Place(Area.LANGUAGE, tensor.substring(OWN.length()));
    }
    return new Place(Area.FLAMINGO, tensor);
  }

  @Override
  public boolean classToken() {
    return true;
  }

  @Override
  public ResamplerConfig resampler(Sources sources) {
    return new ResamplerConfig(
        config.integer("resampler_num_latents", 64),
        config.integer("resampler_depth", 6),
        config.integer("resampler_heads", 8),
        config.integer("resampler_dim_head", 64),
        inner(config.integer("dim_visual", 768), "resampler_ff_mult"),
        activation("resampler_act"),
        config.integer("resampler_num_time_embeds", 4),
        0);
  }

  private int inner(int width, String factor) {
    return (int) (width * config.number(factor, 4));
  }

  private Activation activation(String key) {
    String name = config.only(key, "gelu", "sqrelu", "relu").text(key, "gelu");
    return switch (name) {
      case "sqrelu" -> Activation.SQUARED_RELU;
      case "relu" -> Activation.RELU;
      default -> Activation.GELU;
    };
  }

  @Override
  public CrossAttentionConfig crossAttention(Sources sources, int layers) {
    return new CrossAttentionConfig(
        0,
        config.integer("xattn_every", 1),
        config.integer("xattn_heads", 8),
        config.integer("xattn_dim_head", 64),
        inner(config.integer("dim", 1024), "xattn_ff_mult"),
        activation("xattn_act"),
        MediaMask.IMMEDIATE);
  }

  /** Pads with the end of text, as its processor does. */
  @Override
  public SpecialTokens tokens(AddedTokens tokenizer) {
    return new SpecialTokens(
        tokenizer.id(MEDIA),
        tokenizer.idOrNone(SPACE + MEDIA),
        tokenizer.add(END),
        tokenizer.endOfText(),
        tokenizer.alwaysBegin(),
        IMAGE,
        END);
  }

  /** As its {@code generate_captions} does. */
  @Override
  public Decoding decoding(int context) {
    return Decoding.greedy(Math.max(1, Math.min(150, context / 2)));
  }

  @Override
  public void weights(FlamingoConfig config, Recipe recipe, Sources sources) {
    resampler(config.resampler(), new Part(recipe, sources, "resampler", RESAMPLER));
    int every = config.crossAttention().every();
    for (int block = 0; block < config.language().layers(); block += every) {
      String to = "language.blocks.%d.cross_attention".formatted(block);
      crossAttention(new Part(recipe, sources, to, CROSS.formatted(block)));
    }
  }

  private static void resampler(ResamplerConfig config, Part part) {
    part.copy("latents", "latents");
    if (config.timeEmbeddings() > 0) {
      part.make("time_embeddings", "time_pos_emb", Transform.TABLE);
    }
    for (int i = 0; i < config.layers(); i++) {
      Part layer = part.at("layers." + i, "layers." + i);
      layer.norm("media_norm", "0.norm_media", true);
      layer.norm("latent_norm", "0.norm_latents", true);
      layer.linear("attention.query", "0.to_q", false);
      layer.linear("attention.key", "0.to_k", false);
      layer.linear("attention.value", "0.to_v", false);
      layer.linear("attention.out", "0.to_out", false);
      feedForward(layer.at("feed_forward", "1"));
    }
    part.norm("norm", "norm", true);
  }

  private static void crossAttention(Part part) {
    part.norm("norm", "attn.norm", true);
    part.linear("attention.query", "attn.to_q", false);
    part.at("attention", "attn").fused("to_kv", false, "key", "value");
    part.linear("attention.out", "attn.to_out", false);
    part.copy("attention_gate", "alpha_attn");
    feedForward(part.at("feed_forward", "ffw"));
    part.copy("feed_forward_gate", "alpha_ffw");
  }

  private static void feedForward(Part part) {
    part.norm("norm", "0", true);
    part.linear("up", "1", false);
    part.linear("down", "3", false);
  }
}
