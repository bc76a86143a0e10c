package dev.flamingostreams.training.scenes;

import java.util.SplittableRandom;

/** A camera's noise, from a table of normal deviates since drawing each would take the longest. */
final class Noise {
  private static final int TABLE = 1 << 16;
  private static final float[] NORMAL = new float[TABLE];

  static {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TABLE; i++) {
      NORMAL[i] = (float) random.nextGaussian();
    }
  }

  private Noise() {}

  /** Adds to three planes of levels; the standard deviations are per pixel. */
  static void add(
      float[] target,
      int offset,
      int width,
      int height,
      float brightness,
      float colour,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int plane = width * height;
    for (int row = 0; row < height; row++) {
      int light = random.nextInt(TABLE);
      int red = random.nextInt(TABLE);
      int blue = random.nextInt(TABLE);
      int at = offset + row * width;
      for (int i = 0; i < width; i++) {
        float grey = brightness * NORMAL[light + i & TABLE - 1];
        float r = colour * NORMAL[red + i & TABLE - 1];
        float b = colour * NORMAL[blue + i & TABLE - 1];
        target[at + i] += grey + r;
        target[at + plane + i] += grey - 0.5f * (r + b);
        target[at + 2 * plane + i] += grey + b;
      }
    }
  }
}
