package dev.flamingostreams.tensorrt;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.VisionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Random models two of whose channels carry values of about a thousand through each residual
 * stream, as a few do in released language models. Norms bring the other channels back to the size
 * that they would have without.
 */
final class Outliers {
  private static final float SIZE = 1000;
  private static final float WRITTEN = 10; // times what a block would add to a channel
  private static final float REST = 0.3f; // the same of others: no norm keeps them from growing
  private static final float READ = 0.05f; // of one, in units of its size after the norm
  private static final float EMBEDDED = 20; // times the small values that embeddings are drawn of

  private Outliers() {}

  /** Writes a model directory. */
  static ModelDirectory write(Path directory, FlamingoConfig config) throws IOException {
    Map<String, float[]> values = RandomModel.write(directory, config, StoredType.F32);
    boolean normless = config.vision() instanceof VisionConfig.NfNet;
    SafetensorsWriter writer = new SafetensorsWriter();
    RandomModel.shapes(config)
        .forEach(
            (name, shape) -> {
              float[] weight = values.getOrDefault(name, new float[0]);
              if (!normless || !name.endsWith("media_norm.weight")) {
                enlarge(name, weight, (int) shape[shape.length - 1]);
              }
              writer.tensor(name, StoredType.F32, shape, () -> weight);
            });
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
    return ModelDirectory.open(directory);
  }

  private static void enlarge(String name, float[] weight, int width) {
    float deviation = (float) (SIZE / Math.sqrt(width / 2.0)); // of all channels
    switch (name) {
      case "language.embeddings" -> {
        scale(weight, width, 0, EMBEDDED);
        begin(name, weight, width);
      }
      case "resampler.latents", "vision.positions" -> begin(name, weight, width);
      case "vision.pre_norm.weight", "vision.norm.weight" -> norm(weight, deviation, deviation);
      // embeddings that logits come from have the outliers too
      case "language.norm.weight" -> norm(weight, 0, deviation);
      default -> {
        if (name.endsWith("norm.weight")) {
          norm(weight, READ, deviation);
        } else if (name.endsWith("down.weight") || name.endsWith("out.weight")) {
          scale(weight, width, WRITTEN, REST);
        } else if (name.endsWith("conv4.gain")) { // NFNet's way to write to its residual stream
          scale(weight, width, SIZE, 1);
        }
      }
    }
  }

  /** One channel above and one below, so that the mean stays. */
  private static void begin(String name, float[] weight, int width) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int row = 0; row < weight.length; row += width) {
      float size = (float) (SIZE * random.nextDouble(0.9, 1.1));
      weight[row] = size;
      weight[row + 1] = -size;
    }
  }

  private static void norm(float[] weight, float outliers, float rest) {
    scale(weight, weight.length, 0, rest);
    Arrays.fill(weight, 0, 2, outliers);
  }

  private static void scale(float[] weight, int width, float outliers, float rest) {
    for (int i = 0; i < weight.length; i++) {
      weight[i] *= i % width < 2 ? outliers : rest;
    }
  }
}
