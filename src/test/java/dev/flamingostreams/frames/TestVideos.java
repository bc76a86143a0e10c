package dev.flamingostreams.frames;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** Small H.264 files. */
final class TestVideos {
  private TestVideos() {}

  /** Pictures of 320x180 whose brightness rises from picture to picture. */
  static Path write(Path file, int pictures, double framesPerSecond) throws IOException {
    try (VideoWriter writer = new VideoWriter(file, 320, 180, framesPerSecond, 800_000)) {
      for (int i = 0; i < pictures; i++) {
        writer.write(picture(i * 200 / pictures));
      }
    }
    return file;
  }

  private static BufferedImage picture(int grey) {
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(grey, grey, grey));
    graphics.fillRect(0, 0, 320, 180);
    graphics.setColor(Color.RED);
    graphics.fillRect(40, 40, 60, 60);
    graphics.dispose();
    return image;
  }
}
