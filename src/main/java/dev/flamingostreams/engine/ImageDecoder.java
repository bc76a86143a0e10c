package dev.flamingostreams.engine;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * JPEG and PNG to pixels. The header's width and height are checked before memory is set aside for
 * the pixels, and images being decoded at the same time share one allowance.
 */
final class ImageDecoder {
  static final int MAX_SIDE = 16384;
  static final int MAX_MEGAPIXELS = 64;

  private static final int MEGA = 1 << 20;

  private final Semaphore megapixels = new Semaphore(MAX_MEGAPIXELS);

  /** The image; {@link ClipException} {@code undecodable} says what is wrong with it. */
  BufferedImage decode(byte[] bytes) throws ClipException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format(bytes)).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return decode(reader);
    } catch (IOException | RuntimeException e) {
      // readers of the JDK throw what they like at a broken file
      throw undecodable("image of %d bytes: %s".formatted(bytes.length, e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] bytes) throws ClipException {
    if (begins(bytes, 0xff, 0xd8, 0xff)) {
      return "jpeg";
    }
    if (begins(bytes, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    throw undecodable("image of %d bytes is neither JPEG nor PNG".formatted(bytes.length), null);
  }

  private static boolean begins(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private BufferedImage decode(ImageReader reader) throws IOException, ClipException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width < 1 || height < 1) {
      throw undecodable("image of %dx%d pixels".formatted(width, height), null);
    }
    if (width > MAX_SIDE
        || height > MAX_SIDE
        || (long) width * height > MAX_MEGAPIXELS * 1_000_000L) {
      throw undecodable(
          "image of %dx%d pixels, at most %d megapixels and %d a side are accepted"
              .formatted(width, height, MAX_MEGAPIXELS, MAX_SIDE),
          null);
    }
    Truncation truncation = new Truncation();
    reader.addIIOReadWarningListener(truncation);
    int share = (int) Math.min(MAX_MEGAPIXELS, (long) width * height / MEGA + 1);
    megapixels.acquireUninterruptibly(share);
    try {
      BufferedImage image = reader.read(0);
      if (truncation.seen()) {
        throw undecodable("image of %dx%d pixels is truncated".formatted(width, height), null);
      }
      return image;
    } finally {
      megapixels.release(share);
    }
  }

  private static ClipException undecodable(String message, @Nullable Throwable cause) {
    return cause == null
        ? new ClipException(ClipException.Reason.UNDECODABLE, message)
        : new ClipException(ClipException.Reason.UNDECODABLE, message, cause);
  }

  /** A JPEG that ends early is filled up with grey; the reader only warns of it. */
  private static final class Truncation implements IIOReadWarningListener {
    private boolean seen;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      seen |= warning.startsWith("Truncated");
    }

    boolean seen() {
      return seen;
    }
  }
}
