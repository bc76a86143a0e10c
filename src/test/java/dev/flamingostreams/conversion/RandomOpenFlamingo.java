package dev.flamingostreams.conversion;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.tensor.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that an OpenFlamingo is released in, of any size, with weights that were drawn: a CLIP
 * of open_clip, a MosaicGPT and a checkpoint of what OpenFlamingo trains.
 */
final class RandomOpenFlamingo {
  /** Of a model. */
  record Size(
      int image,
      int patch,
      int visionWidth,
      int visionLayers,
      int width,
      int layers,
      int vocabulary,
      int resamplerLayers,
      int inner) {

    /** ViT-L/14 and 1.3 billion weights of language, as OpenFlamingo-3B. */
    static final Size OF_3B = new Size(224, 14, 1024, 24, 2048, 24, 50_277, 6, 512);

    static final Size TINY = new Size(28, 14, 64, 2, 128, 2, 300, 1, 64);
  }

  private static final int LATENTS = 64;
  private static final int HEAD_WIDTH = 64;
  private static final int LANGUAGE_HEAD_WIDTH = 128;
  private static final int ADDED_TOKENS = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final Size size;

  RandomOpenFlamingo(Size size) {
    this.size = size;
  }

  /** Writes directories {@code vision}, {@code language} and {@code flamingo}. */
  void write(Path directory) throws IOException {
    vision(Files.createDirectories(directory.resolve("vision")));
    language(Files.createDirectories(directory.resolve("language")));
    flamingo(Files.createDirectories(directory.resolve("flamingo")));
  }

  private void vision(Path directory) throws IOException {
    Map<String, Object> vision = new LinkedHashMap<>();
    vision.put("image_size", size.image);
    vision.put("layers", size.visionLayers);
    vision.put("width", size.visionWidth);
    vision.put("head_width", HEAD_WIDTH);
    vision.put("patch_size", size.patch);
    Map<String, Object> preprocess = new LinkedHashMap<>();
    preprocess.put("mean", List.of(0.48145466, 0.4578275, 0.40821073));
    preprocess.put("std", List.of(0.26862954, 0.26130258, 0.27577711));
    preprocess.put("interpolation", "bicubic");
    preprocess.put("resize_mode", "shortest");
    json(
        directory.resolve("open_clip_config.json"),
        Map.of(
            "model_cfg",
            Map.of("embed_dim", 64, "vision_cfg", vision, "text_cfg", Map.of(), "quick_gelu", true),
            "preprocess_cfg",
            preprocess));
    Tensors tensors = new Tensors();
    int d = size.visionWidth;
    int grid = size.image / size.patch;
    tensors.add("visual.class_embedding", d);
    tensors.add("visual.positional_embedding", 1 + grid * grid, d);
    tensors.add("visual.conv1.weight", d, 3, size.patch, size.patch);
    tensors.norm("visual.ln_pre", d);
    tensors.norm("visual.ln_post", d);
    for (int i = 0; i < size.visionLayers; i++) {
      String at = "visual.transformer.resblocks." + i + ".";
      tensors.norm(at + "ln_1", d);
      tensors.add(at + "attn.in_proj_weight", 3L * d, d);
      tensors.add(at + "attn.in_proj_bias", 3L * d);
      tensors.linear(at + "attn.out_proj", d, d);
      tensors.norm(at + "ln_2", d);
      tensors.linear(at + "mlp.c_fc", 4 * d, d);
      tensors.linear(at + "mlp.c_proj", d, 4 * d);
    }
    tensors.write(directory.resolve("open_clip_model.safetensors"));
  }

  private void language(Path directory) throws IOException {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("model_type", "mosaic_gpt");
    config.put("d_model", size.width);
    config.put("n_heads", Math.max(1, size.width / LANGUAGE_HEAD_WIDTH));
    config.put("n_layers", size.layers);
    config.put("mlp_ratio", 4);
    config.put("max_seq_len", 2048);
    config.put("vocab_size", size.vocabulary + 64);
    config.put("alibi", true);
    config.put("alibi_bias_max", 8);
    config.put("attn_qk_ln", true);
    config.put("no_bias", true);
    json(directory.resolve("config.json"), config);
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < size.vocabulary; i++) {
      ids.put("w" + i, i);
    }
    json(
        directory.resolve("tokenizer.json"),
        Map.of(
            "version", "1.0",
            "added_tokens", List.of(),
            "pre_tokenizer", Map.of("type", "WhitespaceSplit"),
            "model", Map.of("type", "WordLevel", "unk_token", "w0", "vocab", ids)));
    Tensors tensors = new Tensors();
    int d = size.width;
    tensors.add("transformer.wte.weight", size.vocabulary + 64, d);
    for (int i = 0; i < size.layers; i++) {
      String at = "transformer.blocks." + i + ".";
      tensors.add(at + "ln_1.weight", d);
      tensors.add(at + "attn.Wqkv.weight", 3L * d, d);
      tensors.add(at + "attn.q_ln.weight", d);
      tensors.add(at + "attn.k_ln.weight", d);
      tensors.add(at + "attn.out_proj.weight", d, d);
      tensors.add(at + "ln_2.weight", d);
      tensors.add(at + "mlp.mlp_up.weight", 4L * d, d);
      tensors.add(at + "mlp.mlp_down.weight", d, 4L * d);
    }
    tensors.add("transformer.ln_f.weight", d);
    tensors.write(directory.resolve("model.safetensors"));
  }

  private void flamingo(Path directory) throws IOException {
    Tensors tensors = new Tensors();
    int v = size.visionWidth;
    tensors.add("perceiver.latents", LATENTS, v);
    for (int i = 0; i < size.resamplerLayers; i++) {
      String at = "perceiver.layers." + i + ".";
      tensors.norm(at + "0.norm_media", v);
      tensors.norm(at + "0.norm_latents", v);
      attention(tensors, at + "0.", v, v);
      feedForward(tensors, at + "1.", v);
    }
    tensors.norm("perceiver.norm", v);
    int d = size.width;
    tensors.add("lang_encoder.transformer.wte.weight", size.vocabulary + ADDED_TOKENS, d);
    for (int i = 0; i < size.layers; i++) {
      String at = "lang_encoder.transformer.blocks." + i + ".gated_cross_attn_layer.";
      tensors.add(at + "attn_gate", 1);
      tensors.add(at + "ff_gate", 1);
      tensors.norm(at + "attn.norm", d);
      attention(tensors, at + "attn.", d, v);
      feedForward(tensors, at + "ff.", d);
    }
    tensors.write(directory.resolve("checkpoint.safetensors"));
  }

  private void attention(Tensors tensors, String at, int width, int attended) {
    tensors.add(at + "to_q.weight", size.inner, width);
    tensors.add(at + "to_kv.weight", 2L * size.inner, attended);
    tensors.add(at + "to_out.weight", width, size.inner);
  }

  private static void feedForward(Tensors tensors, String at, int width) {
    tensors.norm(at + "0", width);
    tensors.add(at + "1.weight", 4L * width, width);
    tensors.add(at + "3.weight", width, 4L * width);
  }

  private static void json(Path file, Object value) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(value));
  }

  /** Drawn when they are written, one at a time, in half precision. */
  private static final class Tensors {
    private final SafetensorsWriter writer = new SafetensorsWriter();

    void norm(String name, int width) {
      add(name + ".weight", width);
      add(name + ".bias", width);
    }

    void linear(String name, int out, int in) {
      add(name + ".weight", out, in);
      add(name + ".bias", out);
    }

    void add(String name, long... shape) {
      writer.tensor(name, StoredType.F16, shape, () -> values(name, shape));
    }

    void write(Path file) throws IOException {
      writer.write(file);
    }

    /** Uniform, so that an output has about unit variance; norms around 1. */
    private static float[] values(String name, long... shape) {
      float[] values = new float[Math.toIntExact(Shapes.size(shape))];
      double fanIn = shape.length < 2 ? 100 : (double) values.length / shape[0];
      double centre = shape.length == 1 && name.endsWith("weight") ? 1 : 0;
      double scale = name.endsWith("gate") ? 1 : Math.sqrt(3 / fanIn);
      long state = name.hashCode() * 0x9E3779B97F4A7C15L | 1;
      for (int i = 0; i < values.length; i++) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        values[i] = (float) (centre + scale * (state >> 40) / (1L << 23));
      }
      return values;
    }
  }
}
