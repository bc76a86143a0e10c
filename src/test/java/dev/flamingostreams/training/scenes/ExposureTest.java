package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExposureTest {
  private static final int SIDE = 96;
  private static final Degradation LONG = new Degradation(0, 0, 0, 0, 0, 0, 0, 0.3, 0);

  @Test
  void itBlursWhatMoves() {
    Scene scene = scene(Motion.MOVES_RIGHT);
    int sharp = Mask.of(with(scene, Degradation.NONE), 0.5, SIDE, SIDE).box().width;
    assertThat(Mask.of(with(scene, LONG), 0.5, SIDE, SIDE).box().width).isGreaterThan(sharp + 1);
    assertThat(difference(scene, 0.5)).isGreaterThan(0.1f);
  }

  @Test
  void whatStaysStillStaysSharp() {
    assertThat(difference(scene(Motion.STAYS_STILL), 0.5)).isLessThan(1e-5f);
  }

  @Test
  void whatAppearsIsThereOrNotAndNeverHalf() {
    Scene scene = scene(Motion.APPEARS);
    for (int i = 0; i <= 50; i++) {
      assertThat(difference(scene, i / 50.0)).isLessThan(1e-5f);
    }
  }

  /** The largest one of any channel of any pixel, 0 to 1. */
  private static float difference(Scene scene, double u) {
    float[] sharp = planes(with(scene, Degradation.NONE), u);
    float[] exposed = planes(with(scene, LONG), u);
    float most = 0;
    for (int i = 0; i < sharp.length; i++) {
      most = Math.max(most, Math.abs(sharp[i] - exposed[i]));
    }
    return most;
  }

  private static float[] planes(Scene scene, double u) {
    float[] planes = new float[3 * SIDE * SIDE];
    new SceneRenderer(scene, SIDE, SIDE).planes(u, planes, 0);
    return planes;
  }

  private static Scene scene(Motion motion) {
    Combination combination = new Combination(Colour.RED, Kind.SQUARE, motion);
    return with(new SceneSampler(1).one(combination), Degradation.NONE);
  }

  private static Scene with(Scene scene, Degradation degradation) {
    return new Scene(
        scene.actors(),
        List.of(),
        null,
        scene.aspect(),
        scene.backdrop(),
        degradation,
        scene.seed());
  }
}
