package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BarsTest {
  private static final int SCENES = 800;
  private static final int SIDE = 96;
  private static final int STEPS = 24;

  private final List<Scene> barred = barred();

  private static List<Scene> barred() {
    SceneSampler sampler = new SceneSampler(8);
    return Stream.generate(() -> Stream.of(sampler.one(), sampler.two()))
        .limit(SCENES / 2)
        .flatMap(scenes -> scenes)
        .filter(scene -> scene.bar() != null)
        .toList();
  }

  @Test
  void aFewScenesHaveOneAcrossTheWholeFrame() {
    assertThat(barred).hasSizeBetween(SCENES / 40, SCENES / 6);
    assertThat(barred)
        .allSatisfy(
            scene -> {
              Scene empty =
                  new Scene(
                      List.of(),
                      List.of(),
                      scene.bar(),
                      scene.aspect(),
                      scene.backdrop(),
                      Degradation.NONE,
                      0);
              var box = Mask.of(empty, 0, SIDE, SIDE).box();
              assertThat(Math.max(box.width, box.height)).isEqualTo(SIDE);
              assertThat(Math.min(box.width, box.height)).isBetween(1, SIDE / 5);
            });
  }

  @Test
  void theyStandOutFromTheObjectsTheyHide() {
    assertThat(barred)
        .allSatisfy(
            scene ->
                assertThat(scene.actors())
                    .allMatch(actor -> Contrast.isClear(actor.rgb(), bar(scene).rgb())));
  }

  @Test
  void objectsAreWhollySeenAtBothEndsAndHiddenBrieflyInBetween() {
    for (Scene scene : barred) {
      for (Actor actor : scene.actors()) {
        List<Double> shares = sharesSeen(actor, bar(scene), scene.aspect());
        assertThat(shares.get(0)).isGreaterThan(0.97);
        assertThat(shares.get(STEPS)).isGreaterThan(0.97);
        assertThat(shares.stream().filter(share -> share < 0.8)).hasSizeLessThanOrEqualTo(8);
      }
    }
  }

  @Test
  void someObjectsPassBehindThem() {
    assertThat(barred)
        .anyMatch(
            scene ->
                scene.actors().stream()
                    .flatMap(a -> sharesSeen(a, bar(scene), scene.aspect()).stream())
                    .anyMatch(share -> share < 0.7));
  }

  private static Bar bar(Scene scene) {
    return Objects.requireNonNull(scene.bar());
  }

  /** How much of the object is before or beside the bar at each time, 1 while it is invisible. */
  private static List<Double> sharesSeen(Actor actor, Bar bar, double aspect) {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      double u = (double) i / STEPS;
      int whole = Mask.of(actor, null, aspect, u, SIDE, SIDE).area();
      int seen = Mask.of(actor, bar, aspect, u, SIDE, SIDE).area();
      shares.add(whole == 0 ? 1.0 : (double) seen / whole);
    }
    return shares;
  }
}
