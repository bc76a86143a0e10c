package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.flamingo.VisionConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a project lays out vision encoders. */
interface VisionLayout {
  String CONFIG = "config.json";

  /** Finds out what a directory holds. */
  static VisionLayout of(Path directory) {
    Path openClip = directory.resolve(OpenClipLayout.CONFIG);
    if (Files.isRegularFile(openClip)) {
      return new OpenClipLayout(Settings.read(openClip));
    }
    Settings config = Settings.read(directory.resolve(CONFIG));
    if (List.of("clip", "clip_vision_model").contains(config.text("model_type", ""))) {
      return ClipLayout.of(directory, config);
    }
    if (config.text("architecture", "").startsWith("dm_nfnet_")) {
      return new NfNetLayout(config);
    }
    throw new ModelException(
        ("%s: model_type '%s', architecture '%s' is no vision encoder that is known: CLIP of"
                + " transformers (model_type clip or clip_vision_model), CLIP of open_clip (%s),"
                + " dm_nfnet_* of timm")
            .formatted(
                config.file(),
                config.text("model_type", ""),
                config.text("architecture", ""),
                OpenClipLayout.CONFIG));
  }

  /** What people call it. */
  String name();

  /** What the names of its weights begin with where another project's lie beside them. */
  default String weightsPrefix() {
    return "";
  }

  /** The name under which this layout knows a tensor. */
  default String canonical(String tensor) {
    return tensor;
  }

  /**
   * The shape of the model.
   *
   * @param classToken whether the class token is wanted among the features, if there is one
   */
  VisionConfig config(boolean classToken, Sources sources);

  void weights(VisionConfig config, Part part);
}
