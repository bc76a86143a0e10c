package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackgroundsTest {

  @Test
  void bothObjectsStandOutFromEveryMixture() {
    SceneSampler sampler = new SceneSampler(5);
    assertThat(Stream.generate(sampler::two).limit(1_000))
        .allSatisfy(
            scene -> {
              Background background = (Background) scene.backdrop();
              for (Actor actor : scene.actors()) {
                for (int i = 0; i <= 20; i++) {
                  int ground = background.mixture(i / 20.0);
                  assertThat(Contrast.between(actor.rgb(), ground)).isGreaterThan(25);
                }
              }
            });
  }

  @Test
  void whereNoneIsClearOfManyColoursTheClearestGreyIsTaken() {
    List<Integer> all =
        IntStream.range(0, 512)
            .mapToObj(i -> 36 * ((i >> 6) << 16 | (i >> 3 & 7) << 8 | (i & 7)))
            .toList();
    Background background = Backgrounds.draw(all, new SplittableRandom(1));
    assertThat(background.pattern()).isEqualTo(Background.Pattern.PLAIN);
    assertThat(background.rgb() >> 16 & 255).isEqualTo(background.rgb() & 255);
  }

  @Test
  void everyPatternOccurs() {
    SceneSampler sampler = new SceneSampler(5);
    Set<Background.Pattern> patterns =
        Stream.generate(sampler::two)
            .limit(500)
            .map(scene -> ((Background) scene.backdrop()).pattern())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Background.Pattern.class)));
    assertThat(patterns).containsExactly(Background.Pattern.values());
  }

  @ParameterizedTest
  @EnumSource(Background.Pattern.class)
  void patternsStayBetweenTheirTwoColours(Background.Pattern pattern) {
    for (int seed = 0; seed < 5; seed++) {
      Background background = new Background(pattern, 0x204060, 0xa08040, 0.7, 0.1, seed);
      Set<Integer> palette =
          IntStream.range(0, 256)
              .mapToObj(i -> background.mixture(i / 255.0))
              .collect(Collectors.toSet());
      assertThat(Arrays.stream(background.paint(64, 48, 1.5, 3, 2)).boxed().distinct().toList())
          .isSubsetOf(palette);
    }
  }

  @Test
  void busyOnesAreOfManyPatches() {
    int[] pixels =
        new Background(Background.Pattern.BUSY, 0, 0xffffff, 0, 0.15, 1).paint(96, 96, 1, 0, 0);
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(8);
  }
}
