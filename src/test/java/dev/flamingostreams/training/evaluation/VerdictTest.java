package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final SceneSampler sampler = new SceneSampler(3);

  @Test
  void theTruthIsExactInAllOfItsParts() {
    for (int i = 0; i < 50; i++) {
      Scene one = sampler.one();
      assertThat(Verdict.of(one, one.caption())).isEqualTo(new Verdict(true, false, 1, 1, 1, 1));
      Scene two = sampler.two();
      assertThat(Verdict.of(two, two.caption())).isEqualTo(new Verdict(true, false, 2, 2, 2, 2));
    }
  }

  @Test
  void theOtherOrderIsExactButNoticed() {
    Scene two = sampler.two();
    String turned = two.actors().get(1).sentence() + " while " + two.actors().get(0).sentence();
    assertThat(Verdict.of(two, turned)).isEqualTo(new Verdict(true, true, 2, 2, 2, 2));
  }

  @Test
  void aWrongWordIsCountedWhereItIs() {
    Scene one = sampler.one();
    Actor actor = one.actors().get(0);
    assertThat(Verdict.of(one, "a grey " + actor.kind().word() + " " + actor.motion().words()))
        .isEqualTo(new Verdict(false, false, 1, 0, 1, 1));
    assertThat(Verdict.of(one, actor.colour().word() + " thing")).isEqualTo(nothing(1));
    assertThat(Verdict.of(one, actor.noun() + " sings"))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, 0));
    assertThat(Verdict.of(one, actor.noun())).isEqualTo(new Verdict(false, false, 1, 1, 1, 0));
    assertThat(Verdict.of(one, one.caption() + " twice"))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, 0));
  }

  @Test
  void objectsAreMatchedToSentencesInTheBestOrder() {
    Scene two = sampler.two();
    Actor first = two.actors().get(0);
    Actor second = two.actors().get(1);
    assertThat(Verdict.of(two, second.sentence() + " while " + first.noun() + " sings"))
        .isEqualTo(new Verdict(false, false, 2, 2, 2, 1));
    assertThat(Verdict.of(two, second.sentence())).isEqualTo(alone(second, first));
  }

  @Test
  void aSentenceTooManyIsNotExactButItsBestOneCounts() {
    Scene one = sampler.one();
    assertThat(Verdict.of(one, "a grey cloud sings while " + one.caption()))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, 1));
  }

  @Test
  void silenceIsWrong() {
    assertThat(Verdict.of(sampler.one(), "")).isEqualTo(nothing(1));
    assertThat(Verdict.of(sampler.two(), "")).isEqualTo(nothing(2));
    assertThat(Verdict.of(sampler.two(), " while ")).isEqualTo(nothing(2));
  }

  @Test
  void ofTheUnknownNothingIsToBeTold() {
    Scene unknown = sampler.unknown();
    assertThat(Verdict.of(unknown, Scene.NOTHING_KNOWN))
        .isEqualTo(new Verdict(true, false, 0, 0, 0, 0));
    assertThat(Verdict.of(unknown, "a red car blinks")).isEqualTo(nothing(0));
  }

  /** One of two was told; what the other shares with it is not told twice. */
  private static Verdict alone(Actor told, Actor silent) {
    assertThat(told).isNotEqualTo(silent);
    return new Verdict(false, false, 2, 1, 1, 1);
  }

  private static Verdict nothing(int objects) {
    return new Verdict(false, false, objects, 0, 0, 0);
  }
}
