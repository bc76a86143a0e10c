package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartDelayTest {
  private static final List<String> RUN = List.of("run", "scenes");

  @Test
  void aServiceThatFailsStaysForAsLongAsItIsTold() {
    assertThat(RestartDelay.of(ExitCode.KAFKA, RUN, "1m")).isEqualTo(Duration.ofMinutes(1));
    assertThat(RestartDelay.of(ExitCode.BAD_INPUT, RUN, "1m")).isEqualTo(Duration.ofMinutes(1));
    assertThat(RestartDelay.of(ExitCode.KAFKA, RUN, null)).isZero();
    assertThat(RestartDelay.of(ExitCode.KAFKA, RUN, "soon")).isZero();
  }

  @Test
  void whatEndsWellOrIsNoServiceEndsAtOnce() {
    assertThat(RestartDelay.of(ExitCode.OK, RUN, "1m")).isZero();
    assertThat(RestartDelay.of(ExitCode.KAFKA, List.of("topics", "scenes"), "1m")).isZero();
  }
}
