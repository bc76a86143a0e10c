package dev.flamingostreams.training.evaluation;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Frames of noise, drawn without what draws the noise of training. */
enum Noise {
  UNIFORM_STILL,
  UNIFORM_MOVING,
  GAUSSIAN_STILL,
  GAUSSIAN_MOVING;

  /** What a report calls it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether each frame is drawn anew. */
  boolean isMoving() {
    return this == UNIFORM_MOVING || this == GAUSSIAN_MOVING;
  }

  private boolean isUniform() {
    return this == UNIFORM_STILL || this == UNIFORM_MOVING;
  }

  /**
   * How strong it is.
   *
   * @param middle of the levels, in 0..255
   * @param spread half the width of what is uniform, the standard deviation of what is Gaussian
   * @param grey whether a pixel has one level, not one in each channel
   */
  record Strength(double middle, double spread, boolean grey) {
    static Strength draw(RandomGenerator random) {
      return new Strength(
          random.nextDouble(64, 192), random.nextDouble(20, 128), random.nextBoolean());
    }
  }

  BufferedImage frame(int width, int height, Strength strength, RandomGenerator random) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, pixel(strength, random));
      }
    }
    return image;
  }

  private int pixel(Strength strength, RandomGenerator random) {
    int first = level(strength, random);
    int second = strength.grey ? first : level(strength, random);
    int third = strength.grey ? first : level(strength, random);
    return first << 16 | second << 8 | third;
  }

  private int level(Strength strength, RandomGenerator random) {
    double offset = isUniform() ? random.nextDouble(-1, 1) : random.nextGaussian();
    return (int) Math.max(0, Math.min(255, Math.rint(strength.middle + strength.spread * offset)));
  }
}
