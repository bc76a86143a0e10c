package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Alert;
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
  void twoObjectsAreOneBelowTheOther() {
    String text = "an orange triangle moves right while a purple triangle stays still";
    String line = TimeLine.ofStream(caption("gate", text));

    assertThat(line.lines())
        .hasSize(2)
        .allMatch(part -> part.length() <= 80)
        .first()
        .asString()
        .contains("? an orange triangle moves right ")
        .endsWith("-0.25");
    assertThat(line).endsWith("\n" + " ".repeat(22) + "while a purple triangle stays still");
    assertThat(TimeLine.of(caption("gate", text)).lines().skip(1))
        .containsExactly(" ".repeat(22) + "while a purple triangle stays still");
  }

  @Test
  void anAlertFitsATerminalOfEightyColumns() {
    Caption caption = caption("gate", "a purple triangle disappears while an orange car appears");
    Alert alert = new Alert("comes or goes", "warning", "gate", caption, List.of(), 0, 0, 1);

    assertThat(TimeLine.of(alert).lines())
        .containsExactly(
            "gate       00:04.0  ! comes or goes (warning): a purple triangle disappears",
            " ".repeat(22) + "while an orange car appears");
  }

  @Test
  void otherTextBreaksAtSpacesAndInTheMidstOfLongWords() {
    assertThat(Wrap.lines("", 10)).containsExactly("");
    assertThat(Wrap.lines("one two three", 13)).containsExactly("one two three");
    assertThat(Wrap.lines("one two  three", 7)).containsExactly("one two", "three");
    assertThat(Wrap.lines("one two while three", 13)).containsExactly("one two", "while three");
    assertThat(Wrap.lines("abcdefgh", 3)).containsExactly("abc", "def", "gh");
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
