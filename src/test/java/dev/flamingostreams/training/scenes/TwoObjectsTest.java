package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TwoObjectsTest {
  private static final int RENDERED = 40;
  private static final int SIDE = 96;

  @Test
  void theyDifferInColourOrKind() {
    assertThat(scenes(1_000))
        .allSatisfy(
            scene -> {
              assertThat(scene.isKnown()).isTrue();
              assertThat(scene.actors()).hasSize(2).extracting(Actor::noun).doesNotHaveDuplicates();
            });
  }

  @Test
  void theyMayShareTheirColourTheirKindOrTheirMotion() {
    List<Scene> scenes = scenes(300).toList();
    assertThat(scenes).anyMatch(s -> first(s).colour() == second(s).colour());
    assertThat(scenes).anyMatch(s -> first(s).kind() == second(s).kind());
    assertThat(scenes).anyMatch(s -> first(s).motion() == second(s).motion());
  }

  @Test
  void theOneMoreToTheLeftOrHigherUpIsNamedFirst() {
    assertThat(scenes(1_000))
        .allSatisfy(
            scene -> {
              double right = second(scene).at(0).x() - first(scene).at(0).x();
              double down = second(scene).at(0).y() - first(scene).at(0).y();
              assertThat(Math.max(right, down)).isGreaterThanOrEqualTo(-Math.min(right, down));
              assertThat(scene.caption())
                  .isEqualTo(first(scene).sentence() + " while " + second(scene).sentence());
            });
  }

  @Test
  void eachIsAtLeastSixteenPercentOfTheHeightWhenLargest() {
    assertThat(scenes(RENDERED).flatMap(TwoObjectsTest::largestBoxes))
        .allSatisfy(longer -> assertThat(longer).isBetween(0.155, 0.375));
    assertThat(scenes(1_000).flatMap(scene -> scene.actors().stream()).map(Actor::fullSize))
        .allSatisfy(size -> assertThat(size).isBetween(0.16, 0.36));
  }

  /** Longer sides of the boxes around each, as shares of the height. */
  private static Stream<Double> largestBoxes(Scene scene) {
    int width = (int) Math.round(2 * SIDE * scene.aspect());
    return scene.actors().stream()
        .map(
            actor ->
                times(9)
                    .mapToObj(u -> Mask.of(actor, null, scene.aspect(), u, width, 2 * SIDE).box())
                    .mapToDouble(box -> Math.max(box.width, box.height) / (2.0 * SIDE))
                    .max()
                    .orElse(0));
  }

  @Test
  void oneHidesTheOtherForAMomentAtMost() {
    assertThat(scenes(RENDERED))
        .allSatisfy(
            scene -> {
              double[] overlaps = times(25).map(u -> overlap(scene, u)).toArray();
              assertThat(overlaps[0]).isLessThan(0.25);
              assertThat(overlaps[24]).isLessThan(0.25);
              assertThat(DoubleStream.of(overlaps).filter(o -> o > 0.25).count())
                  .isLessThanOrEqualTo(6);
            });
  }

  @Test
  void someDoCrossEachOther() {
    assertThat(scenes(RENDERED))
        .anyMatch(scene -> times(25).anyMatch(u -> overlap(scene, u) > 0.4));
  }

  private static double overlap(Scene scene, double u) {
    Mask one = Mask.of(first(scene), null, scene.aspect(), u, SIDE, SIDE);
    return one.overlap(Mask.of(second(scene), null, scene.aspect(), u, SIDE, SIDE));
  }

  @Test
  void bothStayInsideTheFrameHoweverItShakes() {
    assertThat(scenes(RENDERED))
        .allSatisfy(
            scene ->
                times(9)
                    .forEach(
                        u ->
                            assertThat(Mask.of(shaken(scene), u, 3 * SIDE, 3 * SIDE))
                                .matches(mask -> !mask.touchesTheFrame())));
  }

  private static Scene shaken(Scene scene) {
    Degradation d = scene.degradation();
    Degradation shake = new Degradation(0, 0, 0, 0, d.shake(), d.shakeRate(), 0, 0, 0);
    return new Scene(
        scene.actors(), List.of(), null, scene.aspect(), scene.backdrop(), shake, scene.seed());
  }

  private static Stream<Scene> scenes(int count) {
    SceneSampler sampler = new SceneSampler(3);
    return Stream.generate(sampler::two).limit(count);
  }

  private static DoubleStream times(int count) {
    return IntStream.range(0, count).mapToDouble(i -> i / (count - 1.0));
  }

  private static Actor first(Scene scene) {
    return scene.actors().get(0);
  }

  private static Actor second(Scene scene) {
    return scene.actors().get(1);
  }
}
