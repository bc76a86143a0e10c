package dev.flamingostreams.engine;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Rows of an image as red, green and blue in 0..255, whatever way the image is stored. */
final class Pixels {
  private final BufferedImage image;
  private final Raster raster;
  private final int[] samples;

  Pixels(BufferedImage image) {
    this.image = image;
    this.raster = image.getRaster();
    this.samples = new int[image.getWidth() * Math.max(4, raster.getNumBands())];
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Fills {@code rgb} with {@code 3 * count} values of row {@code y}, from column {@code x} on. */
  void row(int y, int x, int count, int[] rgb) {
    switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB -> {
        raster.getPixels(x, y, count, 1, rgb); // bands are red, green, blue in every order
      }
      case BufferedImage.TYPE_BYTE_GRAY -> gray(y, x, count, rgb);
      default -> converted(y, x, count, rgb);
    }
  }

  /** The colour model of the JDK would brighten grey: it takes it for linear light. */
  private void gray(int y, int x, int count, int[] rgb) {
    raster.getSamples(x, y, count, 1, 0, samples);
    for (int i = 0; i < count; i++) {
      rgb[3 * i] = samples[i];
      rgb[3 * i + 1] = samples[i];
      rgb[3 * i + 2] = samples[i];
    }
  }

  private void converted(int y, int x, int count, int[] rgb) {
    image.getRGB(x, y, count, 1, samples, 0, count);
    for (int i = 0; i < count; i++) {
      rgb[3 * i] = (samples[i] >> 16) & 0xff;
      rgb[3 * i + 1] = (samples[i] >> 8) & 0xff;
      rgb[3 * i + 2] = samples[i] & 0xff;
    }
  }
}
