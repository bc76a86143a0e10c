package dev.flamingostreams.engine;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images for tests. */
public final class Pictures {
  private Pictures() {}

  /** A picture that differs from those of other seeds. */
  static BufferedImage picture(int width, int height, int seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (x * 5 + seed * 40) & 0xff;
        int green = (y * 3) & 0xff;
        image.setRGB(x, y, (red << 16) | (green << 8) | ((x ^ y) & 0xff));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] jpeg(int seed) {
    return jpeg(40, 30, seed);
  }

  public static byte[] jpeg(int width, int height, int seed) {
    return encode(picture(width, height, seed), "jpeg");
  }

  /** A JPEG whose header says it has this size. */
  static byte[] jpegClaiming(int width, int height) {
    byte[] jpeg = jpeg(0);
    for (int i = 2; i < jpeg.length - 9; i++) {
      if (Byte.toUnsignedInt(jpeg[i]) == 0xff && Byte.toUnsignedInt(jpeg[i + 1]) == 0xc0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
        return jpeg;
      }
    }
    throw new IllegalStateException("no frame header");
  }

  /** A PNG whose header says it has this size. */
  static byte[] pngClaiming(int width, int height) {
    byte[] png = encode(picture(4, 4, 0), "png");
    CRC32 crc = new CRC32();
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    return png;
  }
}
