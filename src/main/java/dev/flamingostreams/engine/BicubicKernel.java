package dev.flamingostreams.engine;

/**
 * Weights that scale one axis of an image by bicubic convolution, widened by the ratio where the
 * axis shrinks (antialiasing), in the fixed-point numbers of Pillow's {@code Resample.c}. Holds
 * only the outputs that a crop keeps.
 */
final class BicubicKernel {
  /** A weight of 1 is 2 to this power. */
  static final int PRECISION_BITS = 22;

  private static final double RADIUS = 2;
  private static final double SHARPNESS = -0.5;

  private final int[] begins;
  private final int[] ends;
  private final int[] weights;
  private final int taps;

  /**
   * For one axis.
   *
   * @param from its pixels
   * @param to its pixels after scaling
   * @param first of those that are kept
   * @param count of those that are kept
   */
  BicubicKernel(int from, int to, int first, int count) {
    double scale = (double) from / to;
    double widening = Math.max(1, scale);
    double radius = RADIUS * widening;
    taps = (int) Math.ceil(radius) * 2 + 1;
    begins = new int[count];
    ends = new int[count];
    weights = new int[Math.multiplyExact(count, taps)];
    for (int out = 0; out < count; out++) {
      double center = (first + out + 0.5) * scale;
      begins[out] = Math.max(0, (int) (center - radius + 0.5));
      ends[out] = Math.min(from, (int) (center + radius + 0.5));
      fill(out, center, widening);
    }
  }

  private void fill(int out, double center, double widening) {
    double[] shares = new double[ends[out] - begins[out]];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      // multiplied by the inverse as Pillow does: a quotient may round otherwise
      shares[i] = bicubic((i + begins[out] - center + 0.5) * (1 / widening));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      weights[out * taps + i] = fixed(shares[i] / sum);
    }
  }

  private static double bicubic(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
    }
    return x < RADIUS ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
  }

  /** Rounded half away from zero. */
  private static int fixed(double share) {
    return (int) (share * (1 << PRECISION_BITS) + Math.copySign(0.5, share));
  }

  /** The first input that any output needs. */
  int begin() {
    return begins[0];
  }

  /** After the last input that any output needs. */
  int end() {
    return ends[ends.length - 1];
  }

  /** How many inputs the outputs need together. */
  int inputs() {
    return end() - begin();
  }

  /** The first input of an output; never falls from one output to the next. */
  int begin(int out) {
    return begins[out];
  }

  /** After the last input of an output; never falls from one output to the next. */
  int end(int out) {
    return ends[out];
  }

  int weight(int out, int in) {
    return weights[out * taps + in - begins[out]];
  }
}
