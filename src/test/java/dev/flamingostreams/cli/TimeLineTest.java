package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Caption;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLineTest {

  @Test
  void aCaptionFitsATerminalOfEightyColumns() {
    String line =
        TimeLine.ofStream(caption("the gate of the yard", "an orange triangle turns back"));

    assertThat(line)
        .hasSizeLessThanOrEqualTo(80)
        .contains("00:04.0", "an orange triangle", "-0.25");
  }

  @Test
  void anUnsureCaptionIsMarked() {
    assertThat(TimeLine.of(caption("a", "a red car blinks"))).contains("? a red car blinks");
  }

  @Test
  void textCannotCommandTheTerminal() {
    assertThat(TimeLine.ofStream(caption("a\u001b[2J", "b\rc\u009b31md\u202ee\u2028f")))
        .doesNotContain("\u001b", "\r")
        .contains("b?c?31md?e?f");
  }

  @Test
  void hoursAreMinutes() {
    assertThat(TimeLine.clock(3_723_400_000L)).isEqualTo("62:03.4");
  }

  @Test
  void labelsAndTurnsFollowTheirCaption() {
    Caption plain = caption("a", "b");
    assertThat(TimeLine.details(plain)).isEmpty();
    Caption chosen =
        new Caption(
            plain.stream(),
            plain.clip(),
            plain.startMicros(),
            plain.endMicros(),
            plain.frameCount(),
            plain.frameMicros(),
            plain.text(),
            plain.meanLogProbability(),
            plain.unsure(),
            List.of(new Caption.Label("a car", -1, 0.75), new Caption.Label("a \u001b", -2, 0.25)),
            List.of(new Caption.Turn("what is it?", "a car")),
            plain.model(),
            plain.weights(),
            plain.prompt(),
            plain.engine(),
            plain.timing(),
            plain.flushed());
    assertThat(TimeLine.details(chosen))
        .map(String::strip)
        .containsExactly("75.0 %  a car", "25.0 %  a ?", "what is it?", "a car");
  }

  private static Caption caption(String stream, String text) {
    return new Caption(
        stream,
        "id",
        4_000_000,
        8_000_000,
        1,
        List.of(4_000_000L),
        text,
        -0.25,
        true,
        "model",
        "weights",
        "prompt",
        "engine",
        new Caption.Timing(1, 2, 3),
        false);
  }
}
