package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.flamingo.Preprocessing;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaAverageTest {
  private static final List<Float> MEAN = List.of(0.5f, 0.25f, 0f);
  private static final List<Float> STD = List.of(0.5f, 0.25f, 1f);
  private static final Preprocessing PLAIN =
      RandomModel.stretch(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

  @ParameterizedTest
  @CsvSource({"12, 12", "7, 5", "3, 2", "37, 64", "6, 1"})
  void eachPixelIsTheMeanOfTheAreaThatItCovers(int width, int height) {
    int side = 6;
    BufferedImage picture = Pictures.picture(width, height, 3);
    float[] result =
        new AreaAverage(side, RandomModel.stretch(MEAN, STD)).apply(new Pixels(picture));
    // every input pixel cut into side x side equal parts, so that each part has one output pixel
    double[] expected = new double[3 * side * side];
    for (int y = 0; y < height * side; y++) {
      for (int x = 0; x < width * side; x++) {
        int rgb = picture.getRGB(x / side, y / side);
        int at = y / height * side + x / width;
        for (int c = 0; c < 3; c++) {
          int value = (rgb >> (16 - 8 * c)) & 0xff;
          expected[c * side * side + at] += value / 255.0 / (width * height);
        }
      }
    }
    for (int i = 0; i < expected.length; i++) {
      int c = i / (side * side);
      assertThat((double) result[i])
          .isCloseTo((expected[i] - MEAN.get(c)) / STD.get(c), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void colourDoesNotDependOnTheWayAnImageIsStored(int type) {
    BufferedImage image = new BufferedImage(4, 4, type);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i / 4, i % 4, 0xff_ff_80_33);
    }
    float[] result = new AreaAverage(1, PLAIN).apply(new Pixels(image));
    assertThat(result).containsExactly(new float[] {1, 128 / 255f, 51 / 255f}, within(1e-5f));
  }

  @Test
  void greyKeepsItsValue() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 4; i++) {
      image.getRaster().setSample(i / 2, i % 2, 0, 100);
    }
    float[] result = new AreaAverage(2, PLAIN).apply(new Pixels(image));
    assertThat(result).hasSize(12).containsOnly(result[0]);
    assertThat(result[0]).isCloseTo(100 / 255f, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
  void greyKeepsItsValueHoweverManyBitsItHasAndBesideAlpha(int bits) {
    boolean wide = bits == DataBuffer.TYPE_USHORT;
    ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_GRAY);
    for (boolean alpha : new boolean[] {false, true}) {
      int transparency = alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
      ColorModel model = new ComponentColorModel(space, alpha, false, transparency, bits);
      WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
      raster.setSample(0, 0, 0, wide ? 0x8042 : 0x80);
      if (alpha) {
        raster.setSample(0, 0, 1, wide ? 0xffff : 0xff);
      }
      BufferedImage image = new BufferedImage(model, raster, false, null);

      assertThat(new AreaAverage(1, PLAIN).apply(new Pixels(image)))
          .containsExactly(new float[] {128 / 255f, 128 / 255f, 128 / 255f}, within(1e-5f));
    }
  }
}
