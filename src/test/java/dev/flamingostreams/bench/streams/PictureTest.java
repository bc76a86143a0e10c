package dev.flamingostreams.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  private final Picture picture = new Scenes(64, 36).next(2).get(1);

  @Test
  void aNumberMakesOtherBytesOfTheSamePixels() throws Exception {
    byte[] one = picture.numbered(1);
    byte[] two = picture.numbered(2);

    assertThat(one).isNotEqualTo(two).isEqualTo(picture.numbered(1));
    assertThat(pixels(one)).isEqualTo(pixels(two));
  }

  @Test
  void noiseBringsAPictureToASize() throws Exception {
    for (int bytes : new int[] {2_048, 20_480, 66_000, 70_000, 99_999}) {
      byte[] padded = Scenes.point().padded(bytes, new Random(7));

      assertThat(padded).hasSize(bytes);
      assertThat(ImageIO.read(new ByteArrayInputStream(padded)).getWidth()).isEqualTo(8);
    }
  }

  private static int[] pixels(byte[] jpeg) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(64);
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
