package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StillsTest {
  private static final EvaluationPlan PLAN = FakeWorld.plan(1, List.of(4), Measure.REJECTION);

  private final FakeWorld world = new FakeWorld(asked -> null);
  private final Stills stills = new Stills(new Studio(world, PLAN), PLAN);

  @Test
  void sortsOfNoiseComeInTurn() throws Exception {
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      Exhibit exhibit = stills.noise(i, i);
      labels.add(exhibit.subject().label());
      assertThat(exhibit.shots()).hasSizeGreaterThanOrEqualTo(12);
    }
    assertThat(labels).hasSize(8).contains("gaussian moving", "gaussian moving, not coded");
    assertThat(world.pictures()).as("half of them go through the codec").hasSize(4 * 12);
  }

  @Test
  void onlyMovingNoiseIsDrawnAnewForEachFrame() throws Exception {
    stills.noise(0, 1);
    assertThat(Set.copyOf(world.pictures())).as("still").hasSize(1);
    stills.noise(2, 1);
    List<int[]> moving = world.pictures().subList(12, 24).stream().map(StillsTest::pixels).toList();
    assertThat(Arrays.equals(moving.get(0), moving.get(1))).isFalse();
  }

  @Test
  void uncodedNoiseHasTimesAndImagesThatAreWhole() throws Exception {
    List<Shot> shots = stills.noise(3, 1).shots();
    assertThat(shots).hasSize(30);
    assertThat(shots.get(1).captureMicros()).isEqualTo(83_333);
    assertThat(shots.get(0).image()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void noiseHasItsMiddleAndSpread() {
    Noise.Strength strength = new Noise.Strength(128, 30, true);
    int[] gaussian = levels(Noise.GAUSSIAN_STILL, strength);
    assertThat(Arrays.stream(gaussian).average().orElseThrow()).isCloseTo(128, within(1.0));
    assertThat(deviation(gaussian)).isCloseTo(30, within(1.0));
    int[] uniform = levels(Noise.UNIFORM_STILL, strength);
    assertThat(Arrays.stream(uniform).min().orElseThrow()).isEqualTo(98);
    assertThat(Arrays.stream(uniform).max().orElseThrow()).isEqualTo(158);
  }

  @Test
  void blankFramesHaveOneColourAndClipsDifferentOnes() throws Exception {
    Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      world.pictures().clear();
      stills.blank(i, i);
      int[] pixels = pixels(world.pictures().get(0));
      assertThat(Arrays.stream(pixels).distinct().count()).isEqualTo(1);
      assertThat(Set.copyOf(world.pictures())).hasSize(1);
      colours.add(pixels[0]);
    }
    assertThat(colours).hasSize(20);
  }

  private static int[] levels(Noise noise, Noise.Strength strength) {
    int[] pixels = pixels(noise.frame(128, 128, strength, new SplittableRandom(1)));
    assertThat(IntStream.of(pixels)).allMatch(pixel -> (pixel & 255) == (pixel >> 8 & 255));
    return IntStream.of(pixels).map(pixel -> pixel & 255).toArray();
  }

  private static double deviation(int... levels) {
    double mean = Arrays.stream(levels).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(levels).mapToDouble(l -> (l - mean) * (l - mean)).average().orElseThrow());
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
