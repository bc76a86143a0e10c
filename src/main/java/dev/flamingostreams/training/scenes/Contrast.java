package dev.flamingostreams.training.scenes;

/** How well two colours can be told apart, in CIELAB. */
final class Contrast {
  private static final double LEAST = 32;
  private static final double CHROMA_WEIGHT = 0.45;
  // Video keeps a quarter of the colour samples, so colour alone has to differ more.
  private static final double LITTLE_LIGHTNESS = 15;
  private static final double LEAST_IN_COLOUR_ALONE = 45;

  private Contrast() {}

  /** Whether an object of the one colour stands out clearly from a ground of the other. */
  static boolean isClear(int rgb, int ground) {
    double least =
        lightnessDifference(rgb, ground) < LITTLE_LIGHTNESS ? LEAST_IN_COLOUR_ALONE : LEAST;
    return between(rgb, ground) >= least;
  }

  /** 0 for equal colours, 100 for black and white. */
  static double between(int rgb, int other) {
    double[] p = lab(rgb);
    double[] q = lab(other);
    double chroma = CHROMA_WEIGHT * Math.hypot(p[1] - q[1], p[2] - q[2]);
    return Math.hypot(p[0] - q[0], chroma);
  }

  private static double lightnessDifference(int rgb, int other) {
    return Math.abs(lab(rgb)[0] - lab(other)[0]);
  }

  private static double[] lab(int rgb) {
    double r = linear(rgb >> 16 & 255);
    double g = linear(rgb >> 8 & 255);
    double b = linear(rgb & 255);
    double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int level) {
    double v = level / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double f(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }
}
