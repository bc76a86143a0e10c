package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueTimesTest {

  @Test
  void aPercentileIsOneOfTheValues() {
    long[] values = {40, 10, 30, 20};

    assertThat(DueTimes.percentile(values, 50)).isEqualTo(20);
    assertThat(DueTimes.percentile(values, 95)).isEqualTo(40);
    assertThat(DueTimes.percentile(new long[0], 50)).isZero();
  }
}
