package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void realImagesHaveNoFault(String format) throws IOException {
    assertThat(ImageHeader.fault(image(format))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png"})
  void headersThatAreCutOffAreFaults(String format) throws IOException {
    byte[] image = image(format);
    for (int length = 0; length < 24; length++) {
      assertThat(ImageHeader.fault(Arrays.copyOf(image, length))).isPresent();
    }
  }

  @Test
  void garbageIsAFaultAndNeverAnException() throws IOException {
    Random random = new Random(7);
    byte[] jpeg = image("jpg");
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = Arrays.copyOf(jpeg, 2 + random.nextInt(jpeg.length - 2));
      for (int j = 0; j < 20; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      broken[0] = 0;
      assertThat(ImageHeader.fault(broken)).isPresent();
      broken[0] = (byte) 0xFF;
      assertThat(ImageHeader.fault(broken)).isNotNull();
    }
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
