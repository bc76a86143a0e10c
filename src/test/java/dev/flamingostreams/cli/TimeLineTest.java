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
    assertThat(TimeLine.ofStream(caption("a\u001b[2J", "b\rc"))).doesNotContain("\u001b", "\r");
  }

  @Test
  void hoursAreMinutes() {
    assertThat(TimeLine.clock(3_723_400_000L)).isEqualTo("62:03.4");
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
