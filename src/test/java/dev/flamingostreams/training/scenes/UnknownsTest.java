package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnknownsTest {
  private static final int DRAWN = 2_000;

  private final List<Scene> scenes = unknown(DRAWN);

  @Test
  void nothingOfThemIsKnown() {
    assertThat(scenes)
        .allSatisfy(
            scene -> {
              assertThat(scene.caption()).isEqualTo("nothing known");
              assertThat(scene.isKnown()).isFalse();
              assertThat(scene.actors()).isEmpty();
              assertThat(scene.bar()).isNull();
            });
  }

  @Test
  void theyAreOfFiveSorts() {
    Map<String, Long> sorts =
        scenes.stream().collect(Collectors.groupingBy(UnknownsTest::sort, Collectors.counting()));
    assertThat(sorts)
        .containsOnlyKeys("empty", "strange things", "crowd", "clutter", "things before clutter")
        .allSatisfy((sort, count) -> assertThat(count).isBetween(DRAWN / 15L, DRAWN / 2L));
  }

  /** By what is seen. */
  private static String sort(Scene scene) {
    long strange = scene.strays().stream().filter(Stray::strange).count();
    if (scene.hasClutter()) {
      return scene.strays().isEmpty() ? "clutter" : "things before clutter";
    }
    if (scene.strays().isEmpty()) {
      return "empty";
    }
    return strange > 0 ? "strange things" : "crowd";
  }

  @Test
  void aCrowdIsMoreThanCanBeNamed() {
    assertThat(scenes.stream().filter(scene -> sort(scene).equals("crowd")))
        .allSatisfy(scene -> assertThat(scene.strays()).hasSizeBetween(4, 7));
  }

  @Test
  void someAreNoiseAndInSomeTheCameraPans() {
    assertThat(scenes).anyMatch(scene -> scene.degradation().noise() > 50);
    assertThat(scenes).anyMatch(scene -> scene.degradation().shake() > 0.2);
  }

  @Test
  void eachLooksDifferentAndCanBeRendered() {
    assertThat(scenes.stream().limit(300).map(UnknownsTest::frame)).doesNotHaveDuplicates();
  }

  @Test
  void equalSeedsDrawEqualOnes() {
    assertThat(unknown(20).stream().map(UnknownsTest::frame))
        .containsExactlyElementsOf(scenes.stream().limit(20).map(UnknownsTest::frame).toList());
  }

  private static FloatBuffer frame(Scene scene) {
    float[] planes = new float[3 * 16 * 16];
    new SceneRenderer(scene, 16, 16).planes(0.5, planes, 0);
    return FloatBuffer.wrap(planes);
  }

  private static List<Scene> unknown(int count) {
    SceneSampler sampler = new SceneSampler(11);
    return Stream.generate(sampler::unknown).limit(count).toList();
  }
}
