package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
  private final List<String> lines = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5; // it may overflow

  @Test
  void aMinuteHasOneLineThatCountsThemAll() {
    WrongTokens wrong = new WrongTokens(() -> nanos, lines::add);
    wrong.shown("10.0.0.1");
    wrong.shown("10.0.0.2");
    nanos += Duration.ofSeconds(59).toNanos();
    wrong.shown("10.0.0.2");
    assertThat(lines).hasSize(1).first().asString().contains("from 10.0.0.1 (1 since");

    nanos += Duration.ofSeconds(2).toNanos();
    wrong.shown("10.0.0.3");
    assertThat(lines).hasSize(2).last().asString().contains("from 10.0.0.3 (3 since");
  }
}
