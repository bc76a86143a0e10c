package dev.flamingostreams.training;

import java.util.Arrays;
import java.util.Random;

/** Initial values by the kind of weight, which its name tells; the same for the same seed. */
final class Initializer {
  /** Of hundreds of tokens, queries as small as other weights see little but the mean. */
  private static final double SHARPER = 2;

  private final long seed;

  Initializer(long seed) {
    this.seed = seed;
  }

  float[] values(String name, long... shape) {
    float[] values = new float[size(shape)];
    String kind = name.substring(name.lastIndexOf('.') + 1);
    if (kind.endsWith("_gate") || kind.equals("bias")) {
      return values; // gates start closed
    }
    if (name.endsWith("norm.weight")) {
      Arrays.fill(values, 1);
      return values;
    }
    double deviation = deviation(kind, shape) * (looksForTokens(name) ? SHARPER : 1);
    Random random = new Random(seed * 31 + name.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  private static boolean looksForTokens(String name) {
    return name.startsWith("resampler.") && name.endsWith(".query.weight");
  }

  private static double deviation(String kind, long... shape) {
    return switch (kind) {
      case "positions" -> 0.1;
      // Tied to the frozen head: shorter ones bound how sure the model can ever be of a word.
      case "embeddings" -> 0.25;
      // Features leave the vision encoder with unit variance; time must be heard beside them.
      case "time_embeddings", "latents" -> 0.5;
      default ->
          shape.length == 4
              ? Math.sqrt(2.0 / (shape[1] * shape[2] * shape[3])) // convolution, [O, I, K, K]
              : 1 / Math.sqrt((double) shape[0]); // linear, [in, out]
    };
  }

  private static int size(long... shape) {
    long size = 1;
    for (long n : shape) {
      size = Math.multiplyExact(size, n);
    }
    return Math.toIntExact(size);
  }
}
