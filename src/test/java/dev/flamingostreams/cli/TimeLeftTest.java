package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theRestTakesAsLongAsWhatIsDone() {
    assertThat(TimeLeft.line("noise", 10, 40, 15 * SECOND))
        .isEqualTo("10 of 40 videos, 45 s left: noise");
    assertThat(TimeLeft.line("noise", 10, 410, 5 * SECOND))
        .isEqualTo("10 of 410 videos, 3 min 20 s left: noise");
  }

  @Test
  void theEndIsToldAndNotEveryStepBefore() {
    StringWriter out = new StringWriter();
    TimeLeft left = new TimeLeft(new PrintWriter(out));
    left.made("noise", 1, 2);
    assertThat(out.toString()).isEmpty();
    left.made("noise", 2, 2);
    assertThat(out.toString()).startsWith("2 of 2 videos, 0 s left");
  }
}
