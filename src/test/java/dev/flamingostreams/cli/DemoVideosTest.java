package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoVideosTest {
  private static final long CLIP_MICROS = 4_000_000;

  private final DemoVideos films = new DemoVideos(2, 2, CLIP_MICROS / 1e6, 1);
  private final List<Scene> shown = shown(new SceneSampler(1));

  private static List<Scene> shown(SceneSampler sampler) {
    return List.of(sampler.one(), sampler.two(), sampler.two(), sampler.one());
  }

  @Test
  void oneObjectAndTwoTakeTurns() {
    assertThat(films.isTrue(caption("camera-1", 0, shown.get(0).caption()))).isTrue();
    assertThat(films.isTrue(caption("camera-1", 1, shown.get(1).caption()))).isTrue();
    assertThat(films.isTrue(caption("camera-2", 0, shown.get(2).caption()))).isTrue();
    assertThat(films.isTrue(caption("camera-2", 1, shown.get(3).caption()))).isTrue();
  }

  @Test
  void whichOfTwoObjectsIsNamedFirstDoesNotCount() {
    String[] sentences = shown.get(1).caption().split(" while ", -1);
    String swapped = sentences[1] + " while " + sentences[0];
    assertThat(films.isTrue(caption("camera-1", 1, swapped))).isTrue();
    assertThat(films.isTrue(caption("camera-1", 1, sentences[0]))).isFalse();
  }

  @Test
  void whatAnotherClipShowsIsNotTrue() {
    String text = shown.get(0).caption();
    assertThat(films.isTrue(caption("camera-1", 1, text))).isFalse();
    assertThat(films.isTrue(caption("camera-2", 0, text))).isFalse();
    assertThat(films.isTrue(caption("camera-1", 2, text))).isFalse();
    assertThat(films.isTrue(caption("camera-9", 0, text))).isFalse();
  }

  private static Caption caption(String stream, int clip, String text) {
    long start = clip * CLIP_MICROS;
    return new Caption(
        stream,
        "id",
        start,
        start + CLIP_MICROS,
        1,
        List.of(start),
        text,
        -0.25,
        false,
        "model",
        "weights",
        "prompt",
        "engine",
        new Caption.Timing(1, 2, 3),
        false);
  }
}
