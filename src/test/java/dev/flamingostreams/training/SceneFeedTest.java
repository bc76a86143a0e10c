package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.scenes.Scene;
import org.junit.jupiter.api.Test;

class SceneFeedTest {
  private final SceneFeed feed =
      new SceneFeed(TrainingPlan.defaultModel(new World().vocabulary()).vision(), 3);

  @Test
  void timesOfFramesIncreaseWithinTheClip() {
    SceneFeed.Painter painter = feed.painter("test", 0);
    for (int frames = 8; frames <= 30; frames++) {
      double[] times = painter.times(frames);
      assertThat(times).hasSize(frames).isSorted().doesNotHaveDuplicates();
      assertThat(times[0]).isBetween(0.0, 0.3);
      assertThat(times[frames - 1]).isBetween(0.7, 1.0);
    }
  }

  @Test
  void aBatchIsTheSameForTheSameNumberAndAnotherForAnother() {
    assertThat(pixels(7)).isEqualTo(pixels(7));
    assertThat(pixels(8)).isNotEqualTo(pixels(7));
  }

  private float[] pixels(long number) {
    SceneFeed.Painter painter = feed.painter("test", number);
    Scene scene = painter.scene();
    float[] pixels = new float[painter.pixels()];
    painter.paint(scene, new double[] {painter.anyTime()}, pixels, 0);
    return pixels;
  }
}
