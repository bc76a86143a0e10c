package dev.flamingostreams.conversion;

import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.Preprocessing.CropRounding;
import dev.flamingostreams.flamingo.Preprocessing.Resize;
import dev.flamingostreams.flamingo.VisionConfig;
import java.util.List;

/** CLIP as open_clip stores it: the whole model, queries, keys and values in one matrix. */
final class OpenClipLayout implements VisionLayout {
  static final String CONFIG = "open_clip_config.json";

  private static final String PREFIX = "visual";

  private final Settings model;
  private final Settings vision;
  private final Settings images;

  OpenClipLayout(Settings config) {
    model = config.at("model_cfg");
    vision = model.at("vision_cfg");
    images = config.at("preprocess_cfg");
  }

  @Override
  public String name() {
    return "CLIP ViT (open_clip)";
  }

  @Override
  public String weightsPrefix() {
    return "open_clip_";
  }

  /**
   * Of open_clip 2.16, which OpenFlamingo is made for: the tokens do not pass {@code ln_post},
   * which newer ones apply.
   */
  @Override
  public VisionConfig config(boolean classToken, Sources sources) {
    vision
        .none("timm_model_name", "attentional_pool", "no_ln_pre", "input_patchnorm")
        .none("global_average_pool", "ls_init_value", "norm_kwargs", "act_kwargs", "block_type")
        .none("qk_norm", "scaled_cosine_attn", "scale_heads", "scale_attn", "scale_attn_inner")
        .none("scale_fc", "attn_type")
        .only("pos_embed_type", "learnable");
    int width = vision.integer("width");
    int size = vision.integer("image_size");
    return new VisionConfig.Clip(
        size,
        preprocessing(size),
        vision.integer("patch_size"),
        width,
        vision.integer("layers"),
        width / Math.max(1, vision.integer("head_width", 64)),
        (int) (width * vision.number("mlp_ratio", 4)),
        model.flag("quick_gelu", false) ? Activation.QUICK_GELU : Activation.GELU,
        classToken,
        false);
  }

  private Preprocessing preprocessing(int size) {
    images.only("interpolation", "bicubic").only("resize_mode", "shortest", "squash");
    images.only("mode", "RGB");
    List<Integer> sides = images.integers("size");
    boolean fits =
        sides.isEmpty()
            ? images.integer("size", size) == size
            : sides.stream().allMatch(side -> side == size);
    if (!fits) {
      throw images.fault("size", "that of vision_cfg.image_size, " + size);
    }
    boolean squash = images.text("resize_mode", "shortest").equals("squash");
    return new Preprocessing(
        squash ? Resize.SQUASH : Resize.CROP,
        1,
        CropRounding.HALF_EVEN,
        images.floats("mean", ClipLayout.MEAN),
        images.floats("std", ClipLayout.STD));
  }

  @Override
  public void weights(VisionConfig config, Part whole) {
    Part part = whole.at("", PREFIX);
    part.copy("class_embedding", "class_embedding");
    part.copy("patch.weight", "conv1.weight");
    part.copy("positions", "positional_embedding");
    part.norm("pre_norm", "ln_pre", true);
    for (int i = 0; i < ((VisionConfig.Clip) config).layers(); i++) {
      block(part.at("blocks." + i, "transformer.resblocks." + i));
    }
    // what only the pooled class token passes, and the text tower
    whole.sources().ignore("visual\\.(proj|ln_post\\.(weight|bias))");
    whole.sources().ignore("(text|transformer|token_embedding|ln_final)\\..*|positional_embedding");
    whole.sources().ignore("text_projection|logit_(scale|bias)|attn_mask");
    whole.sources().ignore("input_resolution|context_length|vocab_size");
  }

  private static void block(Part part) {
    part.norm("norm", "ln_1", true);
    List<String> fused = List.of("query", "key", "value");
    for (int i = 0; i < fused.size(); i++) {
      String name = "attention." + fused.get(i);
      part.make(name + ".weight", "attn.in_proj_weight", Transform.part(i, fused.size(), true));
      part.make(name + ".bias", "attn.in_proj_bias", Transform.part(i, fused.size(), false));
    }
    part.linear("attention.out", "attn.out_proj", true);
    part.norm("feed_forward.norm", "ln_2", true);
    part.linear("feed_forward.up", "mlp.c_fc", true);
    part.linear("feed_forward.down", "mlp.c_proj", true);
  }
}
