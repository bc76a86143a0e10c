package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneSamplerTest {
  private static final int COMBINATIONS = 8 * 6 * 11;

  @Test
  void equalSeedsDrawEqualScenes() {
    SceneSampler one = new SceneSampler(5);
    SceneSampler other = new SceneSampler(5);
    for (int i = 0; i < 50; i++) {
      Scene scene = one.one();
      Scene same = other.one();
      assertThat(same.caption()).isEqualTo(scene.caption());
      assertThat(frame(same, 0.4)).isEqualTo(frame(scene, 0.4));
    }
    assertThat(frame(new SceneSampler(6).one(), 0.4))
        .isNotEqualTo(frame(new SceneSampler(5).one(), 0.4));
  }

  @Test
  void everyCombinationComesOnceBeforeAnyComesAgain() {
    SceneSampler sampler = new SceneSampler(1);
    Map<String, Integer> captions = new HashMap<>();
    for (int i = 0; i < 2 * COMBINATIONS; i++) {
      captions.merge(sampler.one().caption(), 1, Integer::sum);
    }
    assertThat(captions).hasSize(COMBINATIONS);
    assertThat(captions.values()).containsOnly(2);
  }

  @Test
  void turnsComeMoreOftenWhereTheyAreToDoSo() {
    SceneSampler sampler = new SceneSampler(1, Split.ALL, 3);
    Map<Motion, Integer> motions = new EnumMap<>(Motion.class);
    int ofEach = COMBINATIONS / Motion.values().length;
    for (int i = 0; i < (7 + 3 * 4) * ofEach; i++) {
      motions.merge(actor(sampler.one()).motion(), 1, Integer::sum);
    }
    assertThat(motions).hasSize(11);
    assertThat(motions)
        .allSatisfy(
            (motion, count) -> assertThat(count).isEqualTo((motion.isTurn() ? 3 : 1) * ofEach));
  }

  @Test
  void captionsFollowTheGrammar() {
    SceneSampler sampler = new SceneSampler(1);
    assertThat(sampler.one(new Combination(Colour.ORANGE, Kind.CAR, Motion.TURNS_BACK)).caption())
        .isEqualTo("an orange car turns back");
    assertThat(sampler.one(new Combination(Colour.RED, Kind.PERSON, Motion.STAYS_STILL)).caption())
        .isEqualTo("a red person stays still");
    assertThat(scenes(COMBINATIONS).map(Scene::caption))
        .allMatch(
            caption ->
                caption.matches(
                    "(a (red|green|blue|yellow|purple|white|black)|an orange)"
                        + " (circle|square|triangle|star|car|person) (moves (left|right|up|down)"
                        + "|stays still|grows|shrinks|turns back|appears|disappears|blinks)"));
  }

  @Test
  void fullSizesAndAspectsKeepTheirBounds() {
    assertThat(scenes(2000))
        .allSatisfy(
            scene -> {
              assertThat(actor(scene).fullSize()).isBetween(0.16, 0.45);
              assertThat(scene.aspect()).isBetween(1.0, 16.0 / 9);
              assertThat(actor(scene).at(0).size()).isGreaterThanOrEqualTo(0.08);
              assertThat(actor(scene).at(1).size()).isGreaterThanOrEqualTo(0.08);
            });
  }

  @Test
  void objectsStandOutFromEveryMixtureOfTheirBackground() {
    assertThat(scenes(2000))
        .allSatisfy(
            scene -> {
              for (int i = 0; i <= 20; i++) {
                int ground = ((Background) scene.backdrop()).mixture(i / 20.0);
                assertThat(Contrast.between(actor(scene).rgb(), ground)).isGreaterThan(25);
              }
            });
  }

  @Test
  void movesGoTheirWayAndAreSeen() {
    assertThat(scenesOf(Motion.MOVES_LEFT)).allSatisfy(s -> assertThat(dx(s)).isLessThan(-0.11));
    assertThat(scenesOf(Motion.MOVES_RIGHT)).allSatisfy(s -> assertThat(dx(s)).isGreaterThan(0.11));
    assertThat(scenesOf(Motion.MOVES_UP)).allSatisfy(s -> assertThat(dy(s)).isLessThan(-0.11));
    assertThat(scenesOf(Motion.MOVES_DOWN)).allSatisfy(s -> assertThat(dy(s)).isGreaterThan(0.11));
  }

  @Test
  void drawnSizesChangeByTheFactorsOfTheWorld() {
    assertThat(scenesOf(Motion.GROWS))
        .allSatisfy(
            s -> assertThat(actor(s).at(1).size() / actor(s).at(0).size()).isBetween(1.75, 2.5));
    assertThat(scenesOf(Motion.SHRINKS))
        .allSatisfy(
            s -> assertThat(actor(s).at(0).size() / actor(s).at(1).size()).isBetween(1.75, 2.5));
  }

  @Test
  void whatTurnsBackReturnsAlongAHorizontalLine() {
    assertThat(scenesOf(Motion.TURNS_BACK))
        .allSatisfy(
            scene -> {
              double[] x = at(scene, 200).mapToDouble(State::x).toArray();
              double farthest = 0;
              for (double place : x) {
                farthest = Math.max(farthest, Math.abs(place - x[0]));
              }
              assertThat(farthest).isGreaterThan(0.11);
              assertThat(x[199]).isCloseTo(x[0], within(0.02));
              assertThat(at(scene, 200).mapToDouble(State::y).distinct().count()).isEqualTo(1);
            });
  }

  @Test
  void appearingAndDisappearingHappenOnceInTheMiddleThird() {
    assertThat(scenesOf(Motion.APPEARS))
        .allSatisfy(
            scene -> {
              assertThat(seen(scene, 300).substring(0, 100)).doesNotContain("#");
              assertThat(seen(scene, 300).substring(200)).doesNotContain(".");
              assertThat(seen(scene, 300)).matches("\\.+#+");
            });
    assertThat(scenesOf(Motion.DISAPPEARS))
        .allSatisfy(
            scene -> {
              assertThat(seen(scene, 300).substring(0, 100)).doesNotContain(".");
              assertThat(seen(scene, 300).substring(200)).doesNotContain("#");
              assertThat(seen(scene, 300)).matches("#+\\.+");
            });
  }

  @Test
  void blinksAreOffThreeOrFourTimesAndEightEvenFramesShowThem() {
    assertThat(scenesOf(Motion.BLINKS))
        .allSatisfy(
            scene -> {
              String runs = seen(scene, 1000).replaceAll("(.)\\1+", "$1");
              assertThat(runs.chars().filter(c -> c == '.').count()).isBetween(3L, 5L);
              StringBuilder frames = new StringBuilder();
              for (double u = 1 / 16.0; u < 1; u += 1 / 8.0) {
                frames.append(actor(scene).at(u).visible() ? '#' : '.');
              }
              assertThat(frames.toString().replaceAll("(.)\\1+", "$1").length())
                  .isGreaterThanOrEqualTo(4);
            });
  }

  @Test
  void everyCombinationHasManyLooks() {
    SceneSampler sampler = new SceneSampler(9);
    Set<String> looks = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Scene scene = sampler.one(new Combination(Colour.BLUE, Kind.CAR, Motion.STAYS_STILL));
      looks.add(actor(scene).rgb() + " " + actor(scene).figure().width() + " " + scene.backdrop());
    }
    assertThat(looks).hasSize(100);
  }

  private static Stream<Scene> scenes(int count) {
    SceneSampler sampler = new SceneSampler(2);
    return IntStream.range(0, count).mapToObj(i -> sampler.one());
  }

  private static Stream<Scene> scenesOf(Motion motion) {
    return scenes(3 * COMBINATIONS).filter(scene -> actor(scene).motion() == motion);
  }

  private static Actor actor(Scene scene) {
    return scene.actors().get(0);
  }

  private static Stream<State> at(Scene scene, int count) {
    return IntStream.range(0, count).mapToObj(i -> actor(scene).at(i / (count - 1.0)));
  }

  private static String seen(Scene scene, int count) {
    StringBuilder seen = new StringBuilder();
    at(scene, count).forEach(state -> seen.append(state.visible() ? '#' : '.'));
    return seen.toString();
  }

  private static double dx(Scene scene) {
    return actor(scene).at(1).x() - actor(scene).at(0).x();
  }

  private static double dy(Scene scene) {
    return actor(scene).at(1).y() - actor(scene).at(0).y();
  }

  private static float[] frame(Scene scene, double u) {
    float[] planes = new float[3 * 24 * 24];
    new SceneRenderer(scene, 24, 24).planes(u, planes, 0);
    return planes;
  }
}
