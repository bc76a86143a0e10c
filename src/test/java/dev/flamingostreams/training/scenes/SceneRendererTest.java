package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneRendererTest {
  private static final int SMALL = 96;
  private static final int TALL = 384;

  @Test
  void drawnObjectsHaveTheirSizeAndPlace() {
    assertThat(scenes(66))
        .allSatisfy(
            scene -> {
              double u = visibleTime(scene);
              int width = (int) Math.round(TALL * scene.aspect());
              Rectangle seen = Mask.of(clean(scene), u, width, TALL).box();
              State state = scene.actors().get(0).at(u);
              double longer = Math.max(seen.width, seen.height) / (double) TALL;
              assertThat(longer).isCloseTo(state.size(), within(0.012));
              assertThat(seen.getCenterX() / width).isCloseTo(state.x(), within(0.008));
              assertThat(seen.getCenterY() / TALL).isCloseTo(state.y(), within(0.008));
            });
  }

  @Test
  void objectsNeverTouchTheFrame() {
    assertThat(scenes(66))
        .allSatisfy(
            scene -> {
              for (double u = 0; u <= 1; u += 0.125) {
                Rectangle seen = Mask.of(keepShake(scene), u, SMALL * 2, SMALL * 2).box();
                if (!seen.isEmpty()) {
                  assertThat(new Rectangle(0, 0, 2 * SMALL, 2 * SMALL).contains(seen)).isTrue();
                  assertThat(seen.x).isGreaterThan(0);
                  assertThat(seen.y).isGreaterThan(0);
                  assertThat(seen.x + seen.width).isLessThan(2 * SMALL);
                  assertThat(seen.y + seen.height).isLessThan(2 * SMALL);
                }
              }
            });
  }

  @Test
  void invisibleObjectsLeaveNoTrace() {
    Scene scene = new SceneSampler(3).one(new Combination(Colour.RED, Kind.STAR, Motion.APPEARS));
    assertThat(Mask.of(clean(scene), 0.1, 64, 64).area()).isZero();
    assertThat(Mask.of(clean(scene), 0.9, 64, 64).area()).isPositive();
  }

  @Test
  void aSmallFrameIsTheAverageOfALargeOne() {
    double worst =
        scenes(66)
            .mapToDouble(
                scene -> {
                  Scene clean = clean(scene);
                  double u = visibleTime(scene);
                  float[] small = planes(clean, u, SMALL, SMALL);
                  float[] large = averaged(planes(clean, u, 4 * SMALL, 4 * SMALL), 4);
                  double sum = 0;
                  for (int i = 0; i < small.length; i++) {
                    sum += Math.abs(small[i] - large[i]);
                  }
                  return sum / small.length;
                })
            .max()
            .orElseThrow();
    assertThat(worst).isLessThan(0.012);
  }

  @Test
  void imagesShowWhatThePlanesHold() {
    Scene scene = scenes(1).findFirst().orElseThrow();
    Scene clean = clean(scene);
    float[] planes = planes(clean, 0.5, 32, 24);
    BufferedImage image = new SceneRenderer(clean, 32, 24).image(0.5);
    for (int i = 0; i < 32 * 24; i++) {
      int rgb = image.getRGB(i % 32, i / 32);
      assertThat(rgb >> 16 & 255).isEqualTo(Math.round(planes[i] * 255));
      assertThat(rgb >> 8 & 255).isEqualTo(Math.round(planes[32 * 24 + i] * 255));
      assertThat(rgb & 255).isEqualTo(Math.round(planes[2 * 32 * 24 + i] * 255));
    }
  }

  @Test
  void planesAreWrittenAtTheirOffsetAndNowhereElse() {
    Scene scene = scenes(1).findFirst().orElseThrow();
    float[] target = new float[3 * 16 * 16 + 10];
    Arrays.fill(target, -1);
    new SceneRenderer(scene, 16, 16).planes(0.5, target, 5);
    for (int i = 0; i < target.length; i++) {
      boolean inside = i >= 5 && i < target.length - 5;
      assertThat(target[i]).isBetween(inside ? 0f : -1f, inside ? 1f : -1f);
    }
  }

  @Test
  void brightnessNoiseHasItsStandardDeviationAtTheModelsSize() {
    Scene scene = scenes(1).findFirst().orElseThrow();
    Background grey = new Background(Background.Pattern.PLAIN, 0x808080, 0x808080, 0, 1, 0);
    Degradation noise = new Degradation(3, 0, 0, 0, 0, 0, 0, 0, 0);
    Scene empty = new Scene(List.of(), List.of(), null, scene.aspect(), grey, noise, 1);
    float[] planes = planes(empty, 0.5, SMALL, SMALL);
    double squares = 0;
    for (int i = 0; i < SMALL * SMALL; i++) {
      squares += Math.pow(planes[i] * 255 - 128, 2);
    }
    assertThat(Math.sqrt(squares / (SMALL * SMALL))).isCloseTo(3, within(0.2));
  }

  @Test
  void theImitatedCodecKeepsTheColoursOfPlainAreas() {
    float[] planes = new float[3 * 32 * 32];
    for (int i = 0; i < 32 * 32; i++) {
      planes[i] = 200;
      planes[32 * 32 + i] = 40;
      planes[2 * 32 * 32 + i] = 90;
    }
    BlockCodec.compress(planes, 0, 32, 32, 10);
    for (int i = 0; i < 32 * 32; i++) {
      assertThat(planes[i]).isCloseTo(200, within(3f));
      assertThat(planes[32 * 32 + i]).isCloseTo(40, within(3f));
      assertThat(planes[2 * 32 * 32 + i]).isCloseTo(90, within(3f));
    }
  }

  private static Stream<Scene> scenes(int count) {
    SceneSampler sampler = new SceneSampler(4);
    return IntStream.range(0, count).mapToObj(i -> sampler.one());
  }

  private static double visibleTime(Scene scene) {
    return IntStream.range(0, 100)
        .mapToDouble(i -> 0.37 + i * 0.006)
        .filter(u -> scene.actors().get(0).at(u).visible())
        .findFirst()
        .orElse(0);
  }

  private static Scene with(Scene scene, Backdrop backdrop, Degradation degradation) {
    return new Scene(
        scene.actors(), scene.strays(), null, scene.aspect(), backdrop, degradation, scene.seed());
  }

  private static Scene clean(Scene scene) {
    return with(scene, scene.backdrop(), Degradation.NONE);
  }

  private static Scene keepShake(Scene scene) {
    Degradation d = scene.degradation();
    return with(
        scene, scene.backdrop(), new Degradation(0, 0, 0, 0, d.shake(), d.shakeRate(), 0, 0, 0));
  }

  private static float[] planes(Scene scene, double u, int width, int height) {
    float[] planes = new float[3 * width * height];
    new SceneRenderer(scene, width, height).planes(u, planes, 0);
    return planes;
  }

  private static float[] averaged(float[] large, int factor) {
    int side = SMALL * factor;
    float[] small = new float[3 * SMALL * SMALL];
    for (int i = 0; i < large.length; i++) {
      int channel = i / (side * side);
      int row = i / side % side / factor;
      int column = i % side / factor;
      small[(channel * SMALL + row) * SMALL + column] += large[i] / (factor * factor);
    }
    return small;
  }
}
