package dev.flamingostreams.training.scenes;

/** A Gaussian blur of one plane. */
final class Blur {
  private static final double LEAST_SIGMA = 0.1;

  private Blur() {}

  static void rows(float[] plane, int offset, int width, int height, double sigma) {
    if (sigma < LEAST_SIGMA) {
      return;
    }
    float[] kernel = kernel(sigma);
    float[] line = new float[width];
    for (int row = 0; row < height; row++) {
      int from = offset + row * width;
      System.arraycopy(plane, from, line, 0, width);
      for (int i = 0; i < width; i++) {
        float sum = kernel[0] * line[i];
        for (int k = 1; k < kernel.length; k++) {
          sum += kernel[k] * (line[Math.max(0, i - k)] + line[Math.min(width - 1, i + k)]);
        }
        plane[from + i] = sum;
      }
    }
  }

  static void columns(float[] plane, int offset, int width, int height, double sigma) {
    if (sigma < LEAST_SIGMA) {
      return;
    }
    float[] kernel = kernel(sigma);
    float[] sharp = new float[width * height];
    System.arraycopy(plane, offset, sharp, 0, sharp.length);
    for (int row = 0; row < height; row++) {
      int to = offset + row * width;
      for (int i = 0; i < width; i++) {
        plane[to + i] = kernel[0] * sharp[row * width + i];
      }
      for (int k = 1; k < kernel.length; k++) {
        int above = Math.max(0, row - k) * width;
        int below = Math.min(height - 1, row + k) * width;
        for (int i = 0; i < width; i++) {
          plane[to + i] += kernel[k] * (sharp[above + i] + sharp[below + i]);
        }
      }
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
