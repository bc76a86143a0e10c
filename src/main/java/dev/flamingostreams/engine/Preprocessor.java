package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.VisionConfig;

/** Makes what a vision encoder looks at of an image. Safe for use by several threads. */
interface Preprocessor {

  /** As a model's config says. */
  static Preprocessor of(VisionConfig config) {
    return switch (config.preprocessing().resize()) {
      case STRETCH -> new AreaAverage(config.inputSize(), config.preprocessing());
      case CROP, SQUASH -> new BicubicCrop(config.inputSize(), config.preprocessing());
    };
  }

  /** Normalised planes of red, green and blue, {@code [3, side, side]}. */
  float[] apply(Pixels image);
}
