package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final int TOKENS = 64;
  private static final int WIDTH = 16;

  @Test
  void theSamePictureIsNoDistanceAwayAndAnotherOneIsFar() {
    Signature one = random(16, 1);
    assertThat(one.distance(random(16, 1))).isZero();
    assertThat(one.distance(random(16, 2))).isBetween(1.0, 2.5);
    assertThat(random(16, 2).distance(one)).isEqualTo(one.distance(random(16, 2)));
  }

  @Test
  void roundingToBytesCostsLessThanTwoInAHundred() {
    float[] values = values(8, WIDTH, 3);
    Signature exact = Signature.of(FloatBuffer.wrap(values), 8, TOKENS, WIDTH, 7);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1.0001f;
    }
    assertThat(exact.distance(Signature.of(FloatBuffer.wrap(values), 8, TOKENS, WIDTH, 7)))
        .isLessThan(0.02);
  }

  @Test
  void oneCellThatChangesCountsAsMuchAsAll() {
    float[] values = values(8, WIDTH, 3);
    Signature before = Signature.of(FloatBuffer.wrap(values), 8, TOKENS, WIDTH, 7);
    for (int frame = 0; frame < 2; frame++) {
      for (int token : new int[] {54, 55, 62, 63}) {
        for (int i = 0; i < WIDTH; i++) {
          values[(frame * TOKENS + token) * WIDTH + i] *= -1;
        }
      }
    }
    assertThat(before.distance(Signature.of(FloatBuffer.wrap(values), 8, TOKENS, WIDTH, 7)))
        .isGreaterThan(0.7);
  }

  @Test
  void aStillPictureIsTheSameWithEightFramesAndWithThirty() {
    assertThat(still(8).distance(still(30))).isCloseTo(0, within(1e-3));
    assertThat(still(30).distance(still(5))).isCloseTo(0, within(1e-3));
    assertThat(still(30).distance(still(3))).as("fewer parts").isInfinite();
  }

  @Test
  void halfFloatsAreSeenAsFloatsAre() {
    Signature floats = Signature.of(FloatBuffer.wrap(new float[] {1, -2, 0.5f, 1}), 1, 2, 2, 7);
    ShortBuffer halves = ShortBuffer.wrap(new short[] {0x3c00, (short) 0xc000, 0x3800, 0x3c00});
    assertThat(Signature.of(halves, 1, 2, 2, 7).toBytes()).isEqualTo(floats.toBytes());
  }

  @Test
  void largeModelsHaveSignaturesOfEightKilobytesToo() {
    Random random = new Random(5);
    float[] values = new float[4 * 257 * 1024];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Signature large = Signature.of(FloatBuffer.wrap(values), 4, 257, 1024, 7);
    assertThat(large.toBytes()).hasSize(16 + 4 * 16 * 128);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.1f * (float) random.nextGaussian();
    }
    assertThat(large.distance(Signature.of(FloatBuffer.wrap(values), 4, 257, 1024, 7)))
        .as("folding keeps distances")
        .isBetween(0.08, 0.16);
  }

  @Test
  void bytesOfAnotherShapeOrVersionAreInfinitelyFar() {
    byte[] bytes = random(8, 1).toBytes();
    bytes[0]++;
    assertThat(random(8, 1).distance(Signature.fromBytes(bytes))).isInfinite();
    assertThat(Signature.fromBytes(bytes).distance(Signature.fromBytes(bytes))).isInfinite();
    assertThat(random(8, 1).distance(Signature.fromBytes(random(8, 1).toBytes()))).isZero();
  }

  @Test
  void whatAnotherModelOrTaskSaysIsInfinitelyFar() {
    FloatBuffer features = FloatBuffer.wrap(values(8, WIDTH, 1));
    Signature one = Signature.of(features, 8, TOKENS, WIDTH, 7);
    assertThat(one.distance(Signature.of(features, 8, TOKENS, WIDTH, 8))).isInfinite();
    assertThat(one.distance(Signature.of(features, 8, TOKENS, WIDTH, 7))).isZero();
  }

  @Test
  void featuresThatAreAllZeroAreComparable() {
    Signature zero = Signature.of(FloatBuffer.allocate(TOKENS * WIDTH), 1, TOKENS, WIDTH, 7);
    assertThat(zero.distance(zero)).isZero();
    assertThat(zero.distance(random(1, 1))).isPositive();
  }

  private static Signature random(int frames, long seed) {
    return Signature.of(FloatBuffer.wrap(values(frames, WIDTH, seed)), frames, TOKENS, WIDTH, 7);
  }

  private static Signature still(int frames) {
    float[] one = values(1, WIDTH, 9);
    FloatBuffer all = FloatBuffer.allocate(frames * one.length);
    for (int i = 0; i < frames; i++) {
      all.put(one);
    }
    return Signature.of(all.flip(), frames, TOKENS, WIDTH, 7);
  }

  private static float[] values(int frames, int width, long seed) {
    Random random = new Random(seed);
    float[] values = new float[frames * TOKENS * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
