package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.evaluation.Verdict.Confusion;
import dev.flamingostreams.training.scenes.Actor;
import dev.flamingostreams.training.scenes.Colour;
import dev.flamingostreams.training.scenes.Combination;
import dev.flamingostreams.training.scenes.Kind;
import dev.flamingostreams.training.scenes.Motion;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final SceneSampler sampler = new SceneSampler(3);

  @Test
  void theTruthIsExactInAllOfItsParts() {
    for (int i = 0; i < 50; i++) {
      Scene one = sampler.one();
      assertThat(Verdict.of(one, one.caption())).isEqualTo(right(1));
      Scene two = sampler.two();
      assertThat(Verdict.of(two, two.caption())).isEqualTo(right(2));
    }
  }

  @Test
  void theOtherOrderIsExactButNoticed() {
    Scene two = sampler.two();
    String turned = two.actors().get(1).sentence() + " while " + two.actors().get(0).sentence();
    assertThat(Verdict.of(two, turned)).isEqualTo(new Verdict(true, true, 2, 2, 2, List.of()));
  }

  @Test
  void aWrongWordIsCountedWhereItIs() {
    Scene one = sampler.one();
    Actor actor = one.actors().get(0);
    assertThat(Verdict.of(one, "a grey " + actor.kind().word() + " " + actor.motion().words()))
        .isEqualTo(new Verdict(false, false, 1, 0, 1, List.of()));
    assertThat(Verdict.of(one, actor.colour().word() + " thing")).isEqualTo(nothing(one));
    assertThat(Verdict.of(one, actor.noun() + " sings"))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, List.of(silent(actor))));
    assertThat(Verdict.of(one, actor.noun()))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, List.of(silent(actor))));
    assertThat(Verdict.of(one, one.caption() + " twice"))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, List.of(silent(actor))));
  }

  @Test
  void aMotionThatIsToldAsAnotherIsKept() {
    Scene one = sampler.one(new Combination(Colour.RED, Kind.CIRCLE, Motion.DISAPPEARS));
    Verdict verdict = Verdict.of(one, "a red circle blinks");
    assertThat(verdict.motions()).isZero();
    assertThat(verdict.confusions()).containsExactly(new Confusion(Motion.DISAPPEARS, "blinks"));
  }

  @Test
  void objectsAreMatchedToSentencesInTheBestOrder() {
    Scene two = sampler.two();
    Actor first = two.actors().get(0);
    Actor second = two.actors().get(1);
    assertThat(Verdict.of(two, second.sentence() + " while " + first.noun() + " sings"))
        .isEqualTo(new Verdict(false, false, 2, 2, 2, List.of(silent(first))));
    assertThat(Verdict.of(two, second.sentence())).isEqualTo(alone(second, first));
  }

  @Test
  void aSentenceTooManyIsNotExactButItsBestOneCounts() {
    Scene one = sampler.one();
    assertThat(Verdict.of(one, "a grey cloud sings while " + one.caption()))
        .isEqualTo(new Verdict(false, false, 1, 1, 1, List.of()));
  }

  @Test
  void silenceIsWrong() {
    Scene one = sampler.one();
    assertThat(Verdict.of(one, "")).isEqualTo(nothing(one));
    Scene two = sampler.two();
    assertThat(Verdict.of(two, "")).isEqualTo(nothing(two));
    assertThat(Verdict.of(two, " while ")).isEqualTo(nothing(two));
  }

  @Test
  void ofTheUnknownNothingIsToBeTold() {
    Scene unknown = sampler.unknown();
    assertThat(Verdict.of(unknown, Scene.NOTHING_KNOWN)).isEqualTo(right(0));
    assertThat(Verdict.of(unknown, "a red car blinks")).isEqualTo(nothing(unknown));
  }

  /** One of two was told; what the other shares with it is not told twice. */
  private static Verdict alone(Actor told, Actor silent) {
    assertThat(told).isNotEqualTo(silent);
    return new Verdict(false, false, 2, 1, 1, List.of(silent(silent)));
  }

  private static Verdict right(int objects) {
    return new Verdict(true, false, objects, objects, objects, List.of());
  }

  private static Verdict nothing(Scene scene) {
    List<Confusion> confusions = scene.actors().stream().map(VerdictTest::silent).toList();
    return new Verdict(false, false, confusions.size(), 0, 0, confusions);
  }

  private static Confusion silent(Actor actor) {
    return new Confusion(actor.motion(), "");
  }
}
