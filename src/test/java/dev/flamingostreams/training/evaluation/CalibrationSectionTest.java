package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationSectionTest {
  private final SceneSampler sampler = new SceneSampler(9);
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void theErrorIsTheMeanDistanceOfProbabilityAndExactShare() {
    say(0.95, true, 3);
    say(0.95, false, 1); // 75 % exact at 95 %
    say(0.25, true, 2);
    say(0.25, false, 2); // 50 % exact at 25 %
    ObjectNode section = section();
    assertThat(section.at("/captions").asInt()).isEqualTo(8);
    assertThat(section.at("/expectedError").asDouble()).isCloseTo(0.225, within(1e-4));
    assertThat(section.at("/bins")).hasSize(10);
    assertThat(section.at("/bins/9/captions").asInt()).isEqualTo(4);
    assertThat(section.at("/bins/9/exact").asDouble()).isEqualTo(0.75);
    assertThat(section.at("/bins/2/probability").asDouble()).isCloseTo(0.25, within(1e-4));
    assertThat(section.at("/bins/5/captions").asInt()).isZero();
    assertThat(section.at("/bins/5").has("exact")).isFalse();
  }

  @Test
  void certaintyAndImpossibilityHaveABin() {
    say(1, true, 1);
    say(0, false, 1);
    ObjectNode section = section();
    assertThat(section.at("/bins/9/captions").asInt()).isEqualTo(1);
    assertThat(section.at("/bins/0/captions").asInt()).isEqualTo(1);
    assertThat(section.at("/expectedError").asDouble(-1)).isZero();
  }

  @Test
  void whatFailedHasNoProbability() {
    Subject subject = new Subject(Group.ONE, "", 0, sampler.one());
    outcomes.add(Outcome.of(subject, Variant.PLAIN, 8, null));
    ObjectNode section = section();
    assertThat(section.at("/captions").asInt()).isZero();
    assertThat(section.at("/failed").asInt()).isEqualTo(1);
    assertThat(section.has("expectedError")).isFalse();
  }

  private ObjectNode section() {
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    CalibrationSection.write(new Outcomes(outcomes), section);
    return section;
  }

  private void say(double probability, boolean right, int times) {
    for (int i = 0; i < times; i++) {
      Scene scene = sampler.one();
      outcomes.add(
          Outcome.of(
              new Subject(Group.ONE, "", i, scene),
              Variant.PLAIN,
              8,
              FakeWorld.said(right ? scene.caption() : "", Math.log(probability))));
    }
  }
}
