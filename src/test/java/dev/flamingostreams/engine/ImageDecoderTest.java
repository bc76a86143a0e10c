package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void decodesJpegAndPng() throws ClipException {
    BufferedImage picture = Pictures.picture(40, 30, 1);
    BufferedImage png = decoder.decode(Pictures.encode(picture, "png"));
    assertThat(png.getRGB(17, 11)).isEqualTo(picture.getRGB(17, 11));
    assertThat(decoder.decode(Pictures.jpeg(1)).getHeight()).isEqualTo(30);
  }

  @Test
  void aHugeImageIsRefusedByItsHeader() {
    refused(Pictures.jpegClaiming(20_000, 20_000), "20000x20000 pixels, at most 64 megapixels");
    refused(Pictures.pngClaiming(20_000, 20_000), "20000x20000 pixels, at most 64 megapixels");
    refused(Pictures.pngClaiming(16_385, 1), "16385x1 pixels");
    refused(Pictures.pngClaiming(8001, 8001), "8001x8001 pixels");
    refused(Pictures.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE), "pixels, at most");
  }

  @Test
  void whatIsNoWholeImageIsRefused() {
    byte[] jpeg = Pictures.jpeg(2);
    byte[] png = Pictures.encode(Pictures.picture(40, 30, 2), "png");
    refused(new byte[0], "image of 0 bytes is neither JPEG nor PNG");
    refused("garbage".getBytes(UTF_8), "neither JPEG nor PNG");
    refused(Pictures.jpegClaiming(0, 30), "");
    refused(Pictures.pngClaiming(0, 0), "");
    refused(Arrays.copyOf(jpeg, jpeg.length - 20), "40x30 pixels is truncated");
    for (int length : new int[] {3, 20, 200, jpeg.length / 2, jpeg.length - 3}) {
      refused(Arrays.copyOf(jpeg, length), "");
    }
    for (int length : new int[] {8, 20, 60, png.length / 2}) {
      refused(Arrays.copyOf(png, length), "");
    }
  }

  private void refused(byte[] image, String fault) {
    assertThatThrownBy(() -> decoder.decode(image))
        .isInstanceOfSatisfying(
            ClipException.class,
            e -> assertThat(e.reason()).isEqualTo(ClipException.Reason.UNDECODABLE))
        .hasMessageContaining(fault);
  }
}
