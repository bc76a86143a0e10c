package dev.flamingostreams.training.scenes;

import java.util.Arrays;

/**
 * A cheap imitation of what H.264 and JPEG leave of a frame: brightness in quantised blocks of 8x8,
 * colour at half the resolution. A true codec would take most of the training's time.
 */
final class BlockCodec {
  private static final int BLOCK = 8;
  private static final float[] COSINE = new float[BLOCK * BLOCK];

  static {
    for (int k = 0; k < BLOCK; k++) {
      double norm = Math.sqrt((k == 0 ? 1.0 : 2.0) / BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        COSINE[k * BLOCK + i] = (float) (norm * Math.cos(Math.PI * k * (2 * i + 1) / (2 * BLOCK)));
      }
    }
  }

  private BlockCodec() {}

  /**
   * Compresses and restores three planes of levels in 0..255.
   *
   * @param quantiser step of the lowest frequency; the highest has three times as much
   */
  static void compress(float[] rgb, int offset, int width, int height, double quantiser) {
    int plane = width * height;
    float[] y = new float[plane];
    int halfWidth = (width + 1) / 2;
    int halfHeight = (height + 1) / 2;
    float[] cb = new float[halfWidth * halfHeight];
    float[] cr = new float[halfWidth * halfHeight];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        float r = rgb[offset + i];
        float g = rgb[offset + plane + i];
        float b = rgb[offset + 2 * plane + i];
        y[i] = 0.299f * r + 0.587f * g + 0.114f * b;
        int half = row / 2 * halfWidth + column / 2;
        cb[half] += 0.25f * 0.564f * (b - y[i]);
        cr[half] += 0.25f * 0.713f * (r - y[i]);
      }
    }
    quantise(y, width, height, quantiser);
    quantise(cb, halfWidth, halfHeight, quantiser);
    quantise(cr, halfWidth, halfHeight, quantiser);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        float blue = between(cb, halfWidth, halfHeight, row, column);
        float red = between(cr, halfWidth, halfHeight, row, column);
        rgb[offset + i] = clip(y[i] + 1.402f * red);
        rgb[offset + plane + i] = clip(y[i] - 0.714f * red - 0.344f * blue);
        rgb[offset + 2 * plane + i] = clip(y[i] + 1.772f * blue);
      }
    }
  }

  private static void quantise(float[] plane, int width, int height, double quantiser) {
    float[] block = new float[BLOCK * BLOCK];
    float[] scratch = new float[BLOCK * BLOCK];
    for (int top = 0; top + BLOCK <= height; top += BLOCK) {
      for (int left = 0; left + BLOCK <= width; left += BLOCK) {
        for (int row = 0; row < BLOCK; row++) {
          System.arraycopy(plane, (top + row) * width + left, block, row * BLOCK, BLOCK);
        }
        transform(block, scratch);
        quantise(block, (float) quantiser);
        restore(block, scratch);
        for (int row = 0; row < BLOCK; row++) {
          System.arraycopy(block, row * BLOCK, plane, (top + row) * width + left, BLOCK);
        }
      }
    }
  }

  private static void quantise(float[] block, float quantiser) {
    for (int i = 0; i < block.length; i++) {
      float step = quantiser * (1 + (i / BLOCK + i % BLOCK) / 7f);
      block[i] = step * Math.round(block[i] / step);
    }
  }

  /** Discrete cosine transform of the columns, then of the rows. */
  private static void transform(float[] block, float[] scratch) {
    for (int k = 0; k < BLOCK; k++) {
      for (int column = 0; column < BLOCK; column++) {
        float sum = 0;
        for (int i = 0; i < BLOCK; i++) {
          sum += COSINE[k * BLOCK + i] * block[i * BLOCK + column];
        }
        scratch[k * BLOCK + column] = sum;
      }
    }
    for (int row = 0; row < BLOCK; row++) {
      for (int k = 0; k < BLOCK; k++) {
        float sum = 0;
        for (int i = 0; i < BLOCK; i++) {
          sum += COSINE[k * BLOCK + i] * scratch[row * BLOCK + i];
        }
        block[row * BLOCK + k] = sum;
      }
    }
  }

  private static void restore(float[] block, float[] scratch) {
    Arrays.fill(scratch, 0);
    for (int row = 0; row < BLOCK; row++) {
      for (int k = 0; k < BLOCK; k++) {
        float value = block[row * BLOCK + k];
        for (int i = 0; value != 0 && i < BLOCK; i++) {
          scratch[row * BLOCK + i] += COSINE[k * BLOCK + i] * value;
        }
      }
    }
    for (int i = 0; i < BLOCK; i++) {
      for (int column = 0; column < BLOCK; column++) {
        float sum = 0;
        for (int k = 0; k < BLOCK; k++) {
          sum += COSINE[k * BLOCK + i] * scratch[k * BLOCK + column];
        }
        block[i * BLOCK + column] = sum;
      }
    }
  }

  /** Bilinear between the samples at half the resolution. */
  private static float between(float[] half, int width, int height, int row, int column) {
    int r = row / 2;
    int c = column / 2;
    int nextRow = Math.max(0, Math.min(height - 1, row % 2 == 0 ? r - 1 : r + 1));
    int nextColumn = Math.max(0, Math.min(width - 1, column % 2 == 0 ? c - 1 : c + 1));
    float near = 0.75f * half[r * width + c] + 0.25f * half[r * width + nextColumn];
    float far = 0.75f * half[nextRow * width + c] + 0.25f * half[nextRow * width + nextColumn];
    return 0.75f * near + 0.25f * far;
  }

  private static float clip(float level) {
    return Math.max(0, Math.min(255, level));
  }
}
