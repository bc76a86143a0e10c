package dev.flamingostreams.plugin;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Batches of real, small images. */
final class Recordings {
  private Recordings() {}

  /** One batch a second of 4 frames a second, from second 0; then the end. */
  static List<FrameBatch> seconds(int seconds) {
    List<FrameBatch> batches = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      List<Frame> frames = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        frames.add(new Frame(second * 1_000_000L + i * 250_000L, jpeg(second * 4 + i)));
      }
      batches.add(FrameBatch.of(frames));
    }
    batches.add(FrameBatch.end());
    return batches;
  }

  private static byte[] jpeg(int shade) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, shade);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
