package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsureThresholdTest {
  private static final List<String> UNKNOWN = List.of("nothing known");

  private final List<Outcome> outcomes = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void marksAsManyAsMayBe() {
    say("a", 100);
    assertThat(marked(threshold(0.04))).isEqualTo(4);
    assertThat(marked(threshold(0.049))).isEqualTo(4);
    assertThat(marked(threshold(0.05))).isEqualTo(5);
    assertThat(marked(threshold(0))).isZero();
  }

  @Test
  void thoseMarkedForTheirTextAreAmongThem() {
    say("a", 97);
    say("nothing known", 3);
    assertThat(marked(threshold(0.04))).as("one more").isEqualTo(1);
    assertThat(marked(threshold(0.03))).isZero();
    assertThat(threshold(0.02)).isEqualTo(FlamingoConfig.NEVER_UNSURE);
  }

  @Test
  void equalCaptionsAreNotMarkedByRounding() {
    for (int i = 0; i < 100; i++) {
      outcomes.add(outcome("a", -0.123456));
    }
    assertThat(threshold(0.04)).isEqualTo(-0.12346);
  }

  @Test
  void whereNothingWasSaidNothingIsCalibrated() {
    outcomes.add(Outcome.of(new Subject(Group.ONE, "", 0, null), Variant.PLAIN, 8, null));
    assertThatThrownBy(() -> threshold(0.04)).isInstanceOf(ModelException.class);
  }

  @Test
  void isWrittenBesideTheOtherKeys() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{\"id\":\"m\",\"unsureBelow\":-1e9}");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    Files.write(folder.resolve("weights.safetensors"), new byte[8]);
    ModelDirectory model = ModelDirectory.open(folder);
    UnsureThreshold.write(model, -0.12346);
    assertThat(model.config().at("/unsureBelow").asDouble()).isEqualTo(-0.12346);
    assertThat(model.config().at("/id").asText()).isEqualTo("m");
  }

  private double threshold(double mostMarked) {
    return UnsureThreshold.of(new Outcomes(outcomes), mostMarked, UNKNOWN);
  }

  /** Not for their text. */
  private long marked(double threshold) {
    return outcomes.stream()
        .map(Outcome::description)
        .filter(d -> d != null && !UNKNOWN.contains(d.text()))
        .filter(d -> d != null && d.meanLogProbability() < threshold)
        .count();
  }

  private void say(String text, int times) {
    for (int i = 0; i < times; i++) {
      outcomes.add(outcome(text, -0.001 * (i + 1)));
    }
  }

  private static Outcome outcome(String text, double logProbability) {
    Subject subject = new Subject(Group.ONE, "", 0, null);
    return Outcome.of(subject, Variant.PLAIN, 8, FakeWorld.said(text, logProbability));
  }
}
