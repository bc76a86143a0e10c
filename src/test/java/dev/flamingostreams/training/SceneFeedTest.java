package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.training.scenes.Scene;
import org.junit.jupiter.api.Test;

class SceneFeedTest {
  private static final SceneFeed.Mix MIX = new SceneFeed.Mix(0.5, 0.14, 1);

  private final SceneFeed feed =
      new SceneFeed(TrainingPlan.defaultModel(new World().vocabulary()).vision(), 3);

  @Test
  void timesOfFramesIncreaseWithinTheClip() {
    SceneFeed.Painter painter = feed.painter("test", 0, MIX);
    for (int frames = 8; frames <= 30; frames++) {
      double[] times = painter.times(frames);
      assertThat(times).hasSize(frames).isSorted().doesNotHaveDuplicates();
      assertThat(times[0]).isBetween(0.0, 0.3);
      assertThat(times[frames - 1]).isBetween(0.7, 1.0);
    }
  }

  @Test
  void someTimesAreEvenSomeJitteredAndSomeOfFramesThatWereDropped() {
    SceneFeed.Painter painter = feed.painter("test", 0, MIX);
    int even = 0;
    int jittered = 0;
    int dropped = 0;
    for (int i = 0; i < 400; i++) {
      double[] times = painter.times(8);
      assertThat(times).hasSize(8).isSorted();
      assertThat(times[0]).isGreaterThanOrEqualTo(0);
      assertThat(times[7]).isLessThanOrEqualTo(1);
      double steps = unevenness(times);
      boolean whole = Math.abs(steps - Math.rint(steps)) < 1e-6;
      even += whole && steps < 1.5 ? 1 : 0;
      dropped += whole && steps > 1.5 ? 1 : 0;
      jittered += whole ? 0 : 1;
    }
    assertThat(even).isBetween(100, 200);
    assertThat(jittered).isGreaterThan(150);
    assertThat(dropped).isGreaterThan(30);
  }

  /** The longest step from one to the next, in shortest steps. */
  private static double unevenness(double... times) {
    double shortest = Double.POSITIVE_INFINITY;
    double longest = 0;
    for (int i = 1; i < times.length; i++) {
      shortest = Math.min(shortest, times[i] - times[i - 1]);
      longest = Math.max(longest, times[i] - times[i - 1]);
    }
    return longest / shortest;
  }

  @Test
  void scenesHaveOneObjectOrTwoOrNoneThatIsKnownAndNeverWhatIsHeldOut() {
    int[] byObjects = new int[3];
    for (long number = 0; number < 100; number++) {
      SceneFeed.Painter painter = feed.painter("test", number, MIX);
      for (int i = 0; i < 5; i++) {
        Scene scene = painter.scene();
        byObjects[scene.actors().size()]++;
        assertThat(scene.actors()).noneMatch(actor -> actor.combination().heldOut());
      }
    }
    assertThat(byObjects[0]).isBetween(40, 100);
    assertThat(byObjects[1]).isBetween(140, 220);
    assertThat(byObjects[2]).isBetween(210, 290);
  }

  @Test
  void anotherSeedOrPurposeMakesAnotherBatch() {
    VisionConfig vision = TrainingPlan.defaultModel(new World().vocabulary()).vision();
    assertThat(pixels(new SceneFeed(vision, 3).painter("test", 7, MIX))).isEqualTo(pixels(7));
    assertThat(pixels(new SceneFeed(vision, 4).painter("test", 7, MIX))).isNotEqualTo(pixels(7));
    assertThat(pixels(feed.painter("other", 7, MIX))).isNotEqualTo(pixels(7));
  }

  @Test
  void aBatchIsTheSameForTheSameNumberAndAnotherForAnother() {
    assertThat(pixels(7)).isEqualTo(pixels(7));
    assertThat(pixels(8)).isNotEqualTo(pixels(7));
  }

  private float[] pixels(long number) {
    return pixels(feed.painter("test", number, MIX));
  }

  private static float[] pixels(SceneFeed.Painter painter) {
    Scene scene = painter.scene();
    float[] pixels = new float[painter.pixels()];
    painter.paint(scene, new double[] {painter.anyTime()}, pixels, 0);
    return pixels;
  }
}
