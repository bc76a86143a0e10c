package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static final int DRAWN = 1_000;
  private static final List<Combination> SEEN =
      Combination.all().stream().filter(Split.SEEN::admits).toList();

  @Test
  void oneInElevenIsHeldOut() {
    assertThat(Combination.all()).hasSize(8 * 6 * 11).doesNotHaveDuplicates();
    assertThat(Combination.all().stream().filter(Combination::heldOut)).hasSize(47);
  }

  @Test
  void everyCombinationIsEitherSeenOrUnseen() {
    assertThat(Combination.all())
        .allSatisfy(
            combination -> {
              assertThat(Split.ALL.admits(combination)).isTrue();
              assertThat(Split.SEEN.admits(combination)).isEqualTo(!combination.heldOut());
              assertThat(Split.UNSEEN.admits(combination)).isEqualTo(combination.heldOut());
            });
  }

  @Test
  void everyColourKindAndMotionAndEveryPairOfThemIsSeen() {
    assertThat(of(Combination::colour)).hasSize(8);
    assertThat(of(Combination::kind)).hasSize(6);
    assertThat(of(Combination::motion)).hasSize(11);
    assertThat(of(c -> List.of(c.colour(), c.kind()))).hasSize(8 * 6);
    assertThat(of(c -> List.of(c.colour(), c.motion()))).hasSize(8 * 11);
    assertThat(of(c -> List.of(c.kind(), c.motion()))).hasSize(6 * 11);
  }

  private static <T> Stream<T> of(Function<Combination, T> part) {
    return SEEN.stream().map(part).distinct();
  }

  @Test
  void aSeenClipPlayedBackwardsNeverShowsWhatIsHeldOut() {
    assertThat(Combination.all())
        .allSatisfy(
            c -> {
              Combination reversed = new Combination(c.colour(), c.kind(), c.motion().reversed());
              assertThat(reversed.heldOut()).isEqualTo(c.heldOut());
            });
  }

  @Test
  void trainingNeverDrawsWhatIsHeldOut() {
    SceneSampler sampler = new SceneSampler(1, Split.SEEN);
    for (int i = 0; i < DRAWN; i++) {
      assertThat(combinations(sampler.one())).noneMatch(Combination::heldOut);
      assertThat(combinations(sampler.two())).hasSize(2).noneMatch(Combination::heldOut);
      assertThat(combinations(sampler.two().reversed())).noneMatch(Combination::heldOut);
    }
  }

  @Test
  void unseenScenesShowWhatIsHeldOut() {
    SceneSampler sampler = new SceneSampler(1, Split.UNSEEN);
    for (int i = 0; i < DRAWN; i++) {
      assertThat(combinations(sampler.one())).allMatch(Combination::heldOut);
      assertThat(combinations(sampler.two())).hasSize(2).anyMatch(Combination::heldOut);
    }
  }

  @Test
  void twoObjectsGoThroughAllCombinationsToo() {
    SceneSampler sampler = new SceneSampler(1);
    assertThat(
            Stream.generate(sampler::two)
                .limit(Combination.all().size())
                .flatMap(scene -> combinations(scene).stream())
                .distinct())
        .hasSameSizeAs(Combination.all());
  }

  private static List<Combination> combinations(Scene scene) {
    return scene.actors().stream().map(Actor::combination).toList();
  }
}
