package dev.flamingostreams.engine;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
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
      default -> {
        if (isGray(image.getColorModel())) {
          gray(y, x, count, rgb);
        } else {
          converted(y, x, count, rgb);
        }
      }
    }
  }

  private static boolean isGray(ColorModel model) {
    return model instanceof ComponentColorModel
        && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getComponentSize(0) >= Byte.SIZE;
  }

  /** The colour model of the JDK would brighten grey: it takes it for linear light. */
  private void gray(int y, int x, int count, int[] rgb) {
    raster.getSamples(x, y, count, 1, 0, samples);
    int shift = image.getColorModel().getComponentSize(0) - Byte.SIZE;
    for (int i = 0; i < count; i++) {
      int level = samples[i] >> shift;
      rgb[3 * i] = level;
      rgb[3 * i + 1] = level;
      rgb[3 * i + 2] = level;
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
