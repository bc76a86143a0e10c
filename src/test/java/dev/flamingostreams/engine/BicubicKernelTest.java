package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicKernelTest {
  @Test
  void needsOnlyTheInputsAroundTheOutputsThatAreKept() {
    BicubicKernel kernel = new BicubicKernel(16_000, 1_000, 400, 200);
    assertThat(kernel.begin()).isEqualTo(16 * 400 + 8 - 32);
    assertThat(kernel.end()).isEqualTo(16 * 599 + 8 + 32);
    assertThat(kernel.inputs()).isEqualTo(kernel.end() - kernel.begin());
  }

  @ParameterizedTest
  @CsvSource({"640, 224", "43, 131", "1, 8", "16384, 8", "7, 7"})
  void theWeightsOfAnOutputSumToOne(int from, int to) {
    BicubicKernel kernel = new BicubicKernel(from, to, 0, to);
    for (int out = 0; out < to; out++) {
      double sum = 0;
      for (int in = kernel.begin(out); in < kernel.end(out); in++) {
        sum += kernel.weight(out, in);
      }
      assertThat(sum / (1 << BicubicKernel.PRECISION_BITS)).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void anAxisThatKeepsItsSizeIsCopied() {
    BicubicKernel kernel = new BicubicKernel(7, 7, 2, 3);
    for (int out = 0; out < 3; out++) {
      for (int in = kernel.begin(out); in < kernel.end(out); in++) {
        int expected = in == out + 2 ? 1 << BicubicKernel.PRECISION_BITS : 0;
        assertThat(kernel.weight(out, in)).isEqualTo(expected);
      }
    }
  }
}
