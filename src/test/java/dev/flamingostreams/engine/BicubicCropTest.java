package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.Preprocessing.CropRounding;
import dev.flamingostreams.flamingo.Preprocessing.Resize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the references; {@code preprocessing/make.py} made what is expected. */
class BicubicCropTest {
  private static final Path GOLDENS = Path.of("src/test/resources/preprocessing");
  private static final Safetensors EXPECTED =
      Safetensors.open(GOLDENS.resolve("expected.safetensors"));
  private static final List<Float> ZEROS = List.of(0f, 0f, 0f);
  private static final List<Float> CLIP_MEAN = List.of(0.48145467f, 0.4578275f, 0.40821072f);
  private static final List<Float> CLIP_STD = List.of(0.26862955f, 0.2613026f, 0.2757771f);
  private static final List<Float> NFNET_MEAN = List.of(0.485f, 0.456f, 0.406f);
  private static final List<Float> NFNET_STD = List.of(0.229f, 0.224f, 0.225f);

  @ParameterizedTest
  @CsvSource({
    "57x43, 32",
    "57x43, 48",
    "43x131, 32",
    "300x200, 32",
    "224x224, 32",
    "640x360, 32",
  })
  void equalsTheTransformsOfTheReferences(String picture, int side) {
    assertEqual("open_clip", picture, side, clip(side, CropRounding.HALF_EVEN));
    assertEqual("hugging_face", picture, side, clip(side, CropRounding.DOWN));
    assertEqual("timm_squash", picture, side, nfnet(side, Resize.SQUASH));
    assertEqual("timm_center", picture, side, nfnet(side, Resize.CROP));
  }

  private static BicubicCrop clip(int side, CropRounding rounding) {
    return new BicubicCrop(side, new Preprocessing(Resize.CROP, 1, rounding, CLIP_MEAN, CLIP_STD));
  }

  private static BicubicCrop nfnet(int side, Resize resize) {
    return new BicubicCrop(
        side, new Preprocessing(resize, 0.9, CropRounding.HALF_EVEN, NFNET_MEAN, NFNET_STD));
  }

  private static void assertEqual(
      String reference, String picture, int side, Preprocessor preprocessor) {
    float[] actual = preprocessor.apply(pixels(picture + ".png"));
    float[] expected = EXPECTED.floats(reference + "/" + picture + "/" + side);
    // a level is at least 0.014, so every level is the same
    assertThat(largestDifference(actual, expected)).as(reference).isLessThan(2e-6);
  }

  private static double largestDifference(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest;
  }

  private static Pixels pixels(String file) {
    try {
      return new Pixels(new ImageDecoder().decode(Files.readAllBytes(GOLDENS.resolve(file))));
    } catch (IOException | ClipException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void equalsTheLevelsOfTheReferenceAtTheSizeOfAReleasedModel() {
    float[] actual = levels(224).apply(pixels("640x360.png"));
    assertThat(largestDifference(actual, EXPECTED.floats("levels/640x360/224"))).isLessThan(1e-3);
  }

  /** Undoes the scaling to 0..1. */
  private static BicubicCrop levels(int side) {
    List<Float> std = List.of(1 / 255f, 1 / 255f, 1 / 255f);
    return new BicubicCrop(
        side, new Preprocessing(Resize.CROP, 1, CropRounding.HALF_EVEN, ZEROS, std));
  }

  @Test
  void decodesJpegToTheLevelsOfTheReference() {
    float[] actual = levels(43).apply(pixels("57x43.jpg"));
    assertThat(largestDifference(actual, EXPECTED.floats("levels/57x43.jpg/43"))).isLessThan(1e-3);
  }

  @Test
  void imagesOfSeveralSizesMayTakeTurns() {
    BicubicCrop crop = clip(32, CropRounding.DOWN);
    for (String picture : new String[] {"57x43", "43x131", "57x43"}) {
      assertEqual("hugging_face", picture, 32, crop);
    }
  }

  @ParameterizedTest
  @CsvSource({"16384, 1", "1, 16384", "1, 1", "3, 2", "16384, 9"})
  void aPlainImageStaysPlainWhateverItsShape(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Arrays.fill(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), (byte) 200);
    float[] result = levels(8).apply(new Pixels(image));
    assertThat(result).hasSize(3 * 8 * 8).containsOnly(result[0]);
    assertThat(result[0]).isCloseTo(200, within(1e-3f));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void theCropDoesNotDependOnTheWayAnImageIsStored(int type) {
    BufferedImage picture = Pictures.picture(40, 20, 1);
    BufferedImage copy = new BufferedImage(40, 20, type);
    copy.setRGB(0, 0, 40, 20, picture.getRGB(0, 0, 40, 20, null, 0, 40), 0, 40);
    assertThat(levels(8).apply(new Pixels(copy)))
        .containsExactly(levels(8).apply(new Pixels(picture)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.01, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesACropThatIsNoPartOfTheScaledImage(double fraction) {
    assertThatThrownBy(
            () ->
                new BicubicCrop(
                    8,
                    new Preprocessing(
                        Resize.SQUASH, fraction, CropRounding.DOWN, ZEROS, NFNET_STD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cropFraction is %s, must be 0.0625 to 1".formatted(fraction));
  }
}
