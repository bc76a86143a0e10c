package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.Preprocessing.CropRounding;
import dev.flamingostreams.flamingo.Preprocessing.Resize;
import dev.flamingostreams.flamingo.VisionConfig;
import java.nio.file.Path;
import java.util.List;

/** CLIP as transformers stores it: a whole CLIPModel or its vision encoder. */
final class ClipLayout implements VisionLayout {
  static final List<Float> MEAN = List.of(0.48145467f, 0.4578275f, 0.40821072f);
  static final List<Float> STD = List.of(0.26862955f, 0.2613026f, 0.2757771f);

  private static final String PREFIX = "vision_model.";
  private static final int BICUBIC = 3;

  private final Settings config;
  private final Settings images;

  private ClipLayout(Settings config, Settings images) {
    this.config = config;
    this.images = images;
  }

  static ClipLayout of(Path directory, Settings config) {
    Settings vision = config.has("vision_config") ? config.at("vision_config") : config;
    return new ClipLayout(
        vision, Settings.readIfThere(directory.resolve("preprocessor_config.json")));
  }

  @Override
  public String name() {
    return "CLIP ViT (transformers)";
  }

  @Override
  public String canonical(String tensor) {
    return tensor.startsWith(PREFIX) ? tensor.substring(PREFIX.length()) : tensor;
  }

  @Override
  public VisionConfig config(boolean classToken, Sources sources) {
    config.only("layer_norm_eps", 1e-5).only("num_channels", 3);
    config.only("hidden_act", "quick_gelu", "gelu");
    int size = config.integer("image_size", 224);
    return new VisionConfig.Clip(
        size,
        preprocessing(size),
        config.integer("patch_size", 32),
        config.integer("hidden_size", 768),
        config.integer("num_hidden_layers", 12),
        config.integer("num_attention_heads", 12),
        config.integer("intermediate_size", 3072),
        config.text("hidden_act", "quick_gelu").equals("gelu")
            ? Activation.GELU
            : Activation.QUICK_GELU,
        classToken,
        false);
  }

  private Preprocessing preprocessing(int size) {
    images.only("resample", BICUBIC).only("rescale_factor", 1 / 255.0);
    for (String step : List.of("do_resize", "do_center_crop", "do_rescale", "do_normalize")) {
      images.only(step, true);
    }
    int crop = side("crop_size", "height", size);
    if (crop != size || crop != side("crop_size", "width", size)) {
      throw images.fault("crop_size", "the image_size of config.json, " + size);
    }
    return new Preprocessing(
        Resize.CROP,
        (double) size / side("size", "shortest_edge", size),
        CropRounding.DOWN,
        images.floats("image_mean", MEAN),
        images.floats("image_std", STD));
  }

  private int side(String key, String inside, int otherwise) {
    return images.isObject(key) ? images.at(key).integer(inside) : images.integer(key, otherwise);
  }

  @Override
  public void weights(VisionConfig config, Part part) {
    part.copy("class_embedding", "embeddings.class_embedding");
    part.copy("patch.weight", "embeddings.patch_embedding.weight");
    part.copy("positions", "embeddings.position_embedding.weight");
    part.norm("pre_norm", "pre_layrnorm", true); // their spelling
    for (int i = 0; i < ((VisionConfig.Clip) config).layers(); i++) {
      block(part.at("blocks." + i, "encoder.layers." + i));
    }
    // the text tower, and what only the pooled class token passes
    part.sources().ignore("(text_model|post_layernorm)\\..*");
    part.sources()
        .ignore("(visual|text)_projection\\.weight|logit_scale|embeddings\\.position_ids");
  }

  private static void block(Part part) {
    part.norm("norm", "layer_norm1", true);
    for (String name : List.of("query", "key", "value", "out")) {
      String projection = name.equals("out") ? "out_proj" : name.charAt(0) + "_proj";
      part.linear("attention." + name, "self_attn." + projection, true);
    }
    part.norm("feed_forward.norm", "layer_norm2", true);
    part.linear("feed_forward.up", "mlp.fc1", true);
    part.linear("feed_forward.down", "mlp.fc2", true);
  }
}
