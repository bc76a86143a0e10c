package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private final Initializer initializer = new Initializer(1);

  @Test
  void gatesAndBiasesStartAtZeroAndNormsAtOne() {
    assertThat(initializer.values("language.blocks.0.cross_attention.attention_gate", 1))
        .containsOnly(0);
    assertThat(initializer.values("vision.stem.0.conv.bias", 16)).containsOnly(0);
    assertThat(initializer.values("resampler.norm.weight", 16)).containsOnly(1);
  }

  @Test
  void queriesOfTheResamplerLookTwiceAsSharply() {
    assertThat(deviation("resampler.layers.0.attention.key.weight")).isCloseTo(0.125, within(0.01));
    assertThat(deviation("resampler.layers.0.attention.query.weight"))
        .isCloseTo(0.25, within(0.02));
    assertThat(deviation("vision.blocks.0.attention.query.weight")).isCloseTo(0.125, within(0.01));
  }

  private double deviation(String name) {
    float[] values = initializer.values(name, 64, 64);
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
    return Math.sqrt(squares / values.length);
  }
}
