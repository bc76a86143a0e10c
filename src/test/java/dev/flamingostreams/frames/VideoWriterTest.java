package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoWriterTest {
  @TempDir Path folder;

  @Test
  void decodedFramesAreTheImagesThatWereWritten() throws Exception {
    Path file = folder.resolve("bars.mp4");
    try (VideoWriter writer = new VideoWriter(file, 160, 90, 12.5, 800_000)) {
      for (int i = 0; i < 25; i++) {
        writer.write(bar(i));
      }
    }
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      assertThat(grabber.getVideoCodec()).isEqualTo(avcodec.AV_CODEC_ID_H264);
      assertThat(grabber.getFrameRate()).isCloseTo(12.5, within(0.01));
      int frames = 0;
      for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
        assertThat(frame.timestamp).isCloseTo(80_000L * frames, within(1_000L));
        BufferedImage image = GrabbedImage.copy(frame);
        assertThat(new Color(image.getRGB(6 * frames + 2, 45)).getRed()).isGreaterThan(180);
        assertThat(new Color(image.getRGB(6 * frames + 2, 45)).getBlue()).isLessThan(70);
        assertThat(new Color(image.getRGB((6 * frames + 80) % 160, 45)).getBlue())
            .isGreaterThan(60);
        frames++;
      }
      assertThat(frames).isEqualTo(25);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {96, 128, 144, 146, 360})
  void colourAndPlaceSurviveAtAnyWidth(int width) throws Exception {
    BufferedImage image = new BufferedImage(width, 96, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(220, 60, 20));
    graphics.fillRect(width / 2, 0, width, 96);
    graphics.dispose();
    Path file = folder.resolve("half.mp4");
    try (VideoWriter writer = new VideoWriter(file, width, 96, 10, 500_000)) {
      writer.write(image);
      writer.write(image);
    }
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      BufferedImage decoded = GrabbedImage.copy(grabber.grabImage());
      assertThat(decoded.getWidth()).isEqualTo(width);
      Color left = new Color(decoded.getRGB(width / 4, 80));
      Color right = new Color(decoded.getRGB(3 * width / 4, 80));
      assertThat(left.getRed() + left.getGreen() + left.getBlue()).isLessThan(40);
      assertThat(right.getRed()).isCloseTo(220, within(15));
      assertThat(right.getGreen()).isCloseTo(60, within(15));
      assertThat(right.getBlue()).isCloseTo(20, within(15));
    }
  }

  @Test
  void oddSizesAreRefusedByName() {
    assertThatThrownBy(() -> new VideoWriter(folder.resolve("a.mp4"), 161, 90, 10, 500_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("161x90");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("missing/a.mp4");
    assertThatThrownBy(() -> new VideoWriter(file, 160, 90, 10, 500_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static BufferedImage bar(int place) {
    BufferedImage image = new BufferedImage(160, 90, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(20, 40, 120));
    graphics.fillRect(0, 0, 160, 90);
    graphics.setColor(new Color(230, 30, 20));
    graphics.fillRect(6 * place - 8, 0, 20, 90);
    graphics.dispose();
    return image;
  }
}
