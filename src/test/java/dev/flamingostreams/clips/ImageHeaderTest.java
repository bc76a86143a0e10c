package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
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

  @Test
  void aJpegThatIsRefinedForEverIsAFault() throws IOException {
    byte[] image = progressive(400, 300);
    assertThat(ImageHeader.fault(image)).isEmpty();
    assertThat(ImageHeader.fault(refined(image, 20))).isEmpty();
    assertThat(ImageHeader.fault(refined(image, 40)))
        .hasValueSatisfying(
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "a JPEG of 400×300 pixels in 50 scans; the most are 32 scans, and 500000000 pixels in all of them"));
  }

  @Test
  void whatIsBehindTheEndOfAJpegIsNotCounted() throws IOException {
    byte[] image = progressive(400, 300);
    byte[] withVideo = Arrays.copyOf(image, image.length + 5_000);
    Arrays.fill(withVideo, image.length, withVideo.length, (byte) 0xDA);
    for (int i = image.length; i < withVideo.length; i += 2) {
      withVideo[i] = (byte) 0xFF;
    }
    assertThat(ImageHeader.fault(withVideo)).isEmpty();
  }

  @Test
  void anEndInsideASegmentHidesNothing() throws IOException {
    byte[] image = progressive(400, 300);
    byte[] comment = HexFormat.of().parseHex("fffe0006ffd9ffd9");
    byte[] refined = refined(image, 40);
    ByteBuffer hidden = ByteBuffer.allocate(refined.length + comment.length);
    hidden.put(refined, 0, image.length - 2).put(comment);
    hidden.put(refined, image.length - 2, refined.length - image.length + 2);
    assertThat(ImageHeader.fault(hidden.array())).isPresent();
  }

  @Test
  void aLargeJpegHasFewScans() throws IOException {
    byte[] image = progressive(40, 30);
    ByteBuffer.wrap(image).putInt(sizeOf(image), 7_000 << 16 | 7_000);
    assertThat(ImageHeader.fault(image)).isEmpty();
    assertThat(ImageHeader.fault(refined(image, 10))).isPresent();
  }

  private static byte[] progressive(int width, int height) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(to);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Where the frame header has height and width. */
  private static int sizeOf(byte[] jpeg) {
    int at = 2;
    while (jpeg[at + 1] != (byte) 0xC2) {
      at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    }
    return at + 5;
  }

  /** With empty scans before its end, each a refinement of the coarsest coefficients. */
  private static byte[] refined(byte[] jpeg, int times) {
    byte[] scan = HexFormat.of().parseHex("ffda000c03010002000300000010");
    ByteBuffer refined = ByteBuffer.allocate(jpeg.length + times * scan.length);
    refined.put(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < times; i++) {
      refined.put(scan);
    }
    return refined.put(jpeg, jpeg.length - 2, 2).array();
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
