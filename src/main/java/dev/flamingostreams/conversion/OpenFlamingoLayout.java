package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * OpenFlamingo's checkpoints: the resampler, the cross-attentions under one or both of two names,
 * and the trained embeddings of the language model. Sizes are what the tensors say.
 */
final class OpenFlamingoLayout implements FlamingoLayout {
  private static final int HEAD_WIDTH = 64; // in the code, and in no file
  private static final String END = "<|endofchunk|>";
  private static final String IMAGE = "<image>";
  private static final String PAD = "<PAD>";

  private static final Pattern CROSS_ATTENTION =
      Pattern.compile(
          "lang_encoder\\.(?:gated_cross_attn_layers\\.([0-9]+)"
              + "|(?!old_decoder_blocks).*?\\.([0-9]+)\\.gated_cross_attn_layer)\\.(.*)");

  /** Of the two names that a cross-attention may have, ours. */
  private static final String CROSS = "lang_encoder.gated_cross_attn_layers.";

  private static final String VISION = "vision_encoder.";
  private static final String LANGUAGE = "lang_encoder.";
  private static final String BLOCK = ".decoder_layer.";

  private final Checkpoint checkpoint;

  OpenFlamingoLayout(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public String name() {
    return "OpenFlamingo";
  }

  @Override
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  @Override
  public Place place(String tensor) {
    Matcher cross = CROSS_ATTENTION.matcher(tensor);
    if (cross.matches()) {
      String block = cross.group(1) == null ? cross.group(2) : cross.group(1);
      return new Place(Area.FLAMINGO, CROSS + block + "." + cross.group(3));
    }
    if (tensor.startsWith(LANGUAGE)) {
      String name = tensor.substring(LANGUAGE.length()).replace(BLOCK, ".");
      return new Place(Area.LANGUAGE, name);
    }
    if (tensor.startsWith(VISION)) {
      return new Place(Area.VISION, "visual." + tensor.substring(VISION.length()));
    }
    return new Place(Area.FLAMINGO, tensor);
  }

  @Override
  public boolean classToken() {
    return false;
  }

  @Override
  public ResamplerConfig resampler(Sources sources) {
    Set<Integer> layers = sources.numbers("perceiver.layers.");
    String first = "perceiver.layers.0.";
    return new ResamplerConfig(
        sources.size("perceiver.latents", 0, 2),
        layers.size(),
        heads(sources, first + "0.to_q.weight"),
        HEAD_WIDTH,
        sources.size(first + "1.1.weight", 0, 2),
        Activation.GELU,
        rows(sources, "perceiver.frame_embs", 2),
        rows(sources, "perceiver.media_time_embs", 3));
  }

  private static int rows(Sources sources, String table, int axes) {
    return sources.contains(table) ? sources.size(table, 0, axes) : 0;
  }

  private static int heads(Sources sources, String query) {
    int inner = sources.size(query, 0, 2);
    if (inner % HEAD_WIDTH != 0) {
      throw new ModelException(
          "%s has %d rows, must be heads of %d"
              .formatted(sources.origin(query), inner, HEAD_WIDTH));
    }
    return inner / HEAD_WIDTH;
  }

  @Override
  public CrossAttentionConfig crossAttention(Sources sources, int layers) {
    List<Integer> blocks = List.copyOf(sources.numbers(CROSS));
    if (blocks.isEmpty()) {
      throw new ModelException(checkpoint.file() + " holds no cross-attention");
    }
    int first = blocks.get(0);
    List<Integer> regular =
        IntStream.range(0, layers).filter(i -> (i + 1) % (first + 1) == 0).boxed().toList();
    if (!blocks.equals(regular)) {
      throw new ModelException(
          "%s has cross-attention before blocks %s, must be every n-th of %d"
              .formatted(checkpoint.file(), blocks, layers));
    }
    String prefix = CROSS + first;
    return new CrossAttentionConfig(
        first,
        first + 1,
        heads(sources, prefix + ".attn.to_q.weight"),
        HEAD_WIDTH,
        sources.size(prefix + ".ff.1.weight", 0, 2),
        Activation.GELU,
        MediaMask.IMMEDIATE);
  }

  @Override
  public SpecialTokens tokens(AddedTokens tokenizer) {
    int end = tokenizer.add(END);
    int image = tokenizer.add(IMAGE);
    int pad = tokenizer.padOr(PAD);
    return new SpecialTokens(image, SpecialTokens.NONE, end, pad, tokenizer.begin(), IMAGE, END);
  }

  /** As its evaluation captions: {@code eval/evaluate.py}. */
  @Override
  public Decoding decoding(int context) {
    return new Decoding(Math.min(20, context), 0, 3, 0, 0);
  }

  @Override
  public void weights(FlamingoConfig config, Recipe recipe, Sources sources) {
    resampler(config.resampler(), new Part(recipe, sources, "resampler", "perceiver"));
    for (int block : sources.numbers(CROSS)) {
      String to = "language.blocks.%d.cross_attention".formatted(block);
      crossAttention(new Part(recipe, sources, to, CROSS + block));
    }
  }

  private static void resampler(ResamplerConfig config, Part part) {
    part.copy("latents", "latents");
    if (config.timeEmbeddings() > 0) {
      part.copy("time_embeddings", "frame_embs");
    }
    if (config.mediaEmbeddings() > 0) {
      part.make("media_embeddings", "media_time_embs", Transform.TABLE);
    }
    for (int i = 0; i < config.layers(); i++) {
      Part layer = part.at("layers." + i, "layers." + i);
      layer.norm("media_norm", "0.norm_media", true);
      layer.norm("latent_norm", "0.norm_latents", true);
      attention(layer.at("attention", "0"));
      feedForward(layer.at("feed_forward", "1"));
    }
    part.norm("norm", "norm", true);
  }

  private static void crossAttention(Part part) {
    part.norm("norm", "attn.norm", true);
    attention(part.at("attention", "attn"));
    part.copy("attention_gate", "attn_gate");
    feedForward(part.at("feed_forward", "ff"));
    part.copy("feed_forward_gate", "ff_gate");
  }

  private static void attention(Part part) {
    part.linear("query", "to_q", false);
    part.fused("to_kv", false, "key", "value");
    part.linear("out", "to_out", false);
  }

  private static void feedForward(Part part) {
    part.norm("norm", "0", true);
    part.linear("up", "1", false);
    part.linear("down", "3", false);
  }
}
