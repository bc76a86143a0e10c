package dev.flamingostreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentileTest {

  @Test
  void aPercentileIsOneOfTheValues() {
    long[] values = {40, 10, 30, 20};

    assertThat(Percentile.of(values, 50)).isEqualTo(20);
    assertThat(Percentile.of(values, 95)).isEqualTo(40);
    assertThat(Percentile.of(new long[0], 50)).isZero();
  }
}
