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

  /** Fills {@code rgb}, {@code 3 * width} values. */
  void row(int y, int[] rgb) {
    switch (image.getType()) {
      case BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB -> {
        raster.getPixels(0, y, width(), 1, rgb); // bands are red, green, blue in every order
      }
      case BufferedImage.TYPE_BYTE_GRAY -> gray(y, rgb);
      default -> converted(y, rgb);
    }
  }

  /** The colour model of the JDK would brighten grey: it takes it for linear light. */
  private void gray(int y, int[] rgb) {
    raster.getSamples(0, y, width(), 1, 0, samples);
    for (int x = 0; x < width(); x++) {
      rgb[3 * x] = samples[x];
      rgb[3 * x + 1] = samples[x];
      rgb[3 * x + 2] = samples[x];
    }
  }

  private void converted(int y, int[] rgb) {
    image.getRGB(0, y, width(), 1, samples, 0, width());
    for (int x = 0; x < width(); x++) {
      rgb[3 * x] = (samples[x] >> 16) & 0xff;
      rgb[3 * x + 1] = (samples[x] >> 8) & 0xff;
      rgb[3 * x + 2] = samples[x] & 0xff;
    }
  }
}
