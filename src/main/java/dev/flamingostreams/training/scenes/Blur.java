package dev.flamingostreams.training.scenes;

/** A Gaussian blur of one plane. */
final class Blur {
  private static final double LEAST_SIGMA = 0.1;

  private Blur() {}

  static void rows(float[] plane, int offset, int width, int height, double sigma) {
    for (int row = 0; sigma > LEAST_SIGMA && row < height; row++) {
      line(plane, offset + row * width, 1, width, kernel(sigma));
    }
  }

  static void columns(float[] plane, int offset, int width, int height, double sigma) {
    for (int column = 0; sigma > LEAST_SIGMA && column < width; column++) {
      line(plane, offset + column, width, height, kernel(sigma));
    }
  }

  private static void line(float[] plane, int from, int step, int length, float[] kernel) {
    float[] line = new float[length];
    for (int i = 0; i < length; i++) {
      line[i] = plane[from + i * step];
    }
    for (int i = 0; i < length; i++) {
      float sum = kernel[0] * line[i];
      for (int k = 1; k < kernel.length; k++) {
        sum += kernel[k] * (line[Math.max(0, i - k)] + line[Math.min(length - 1, i + k)]);
      }
      plane[from + i * step] = sum;
    }
  }

  /** The middle weight and those of one side. */
  private static float[] kernel(double sigma) {
    float[] kernel = new float[(int) Math.ceil(2.5 * sigma) + 1];
    float sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] = (float) Math.exp(-k * k / (2 * sigma * sigma));
      sum += k == 0 ? kernel[k] : 2 * kernel[k];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }
}
