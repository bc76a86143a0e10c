package dev.flamingostreams.flamingo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTimingTest {
  private static final int EMBEDDINGS = 8;
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 11, 30})
  void theIndexIsTheClockOfEvenFrames(int frames) {
    long[] even = LongStream.range(0, frames).map(i -> 5_000 + i * 125_000).toArray();
    assertThat(FrameTiming.INDEX.weights(even, EMBEDDINGS))
        .containsExactly(FrameTiming.CLOCK.weights(even, EMBEDDINGS), CLOSE);
  }

  @Test
  void theIndexKnowsNothingOfTimes() {
    long[] jittered = {0, 10, 500, 900};
    float[] byIndex = FrameTiming.INDEX.weights(jittered, EMBEDDINGS);
    assertThat(byIndex).isEqualTo(FrameTiming.INDEX.weights(new long[] {0, 1, 2, 3}, EMBEDDINGS));
    assertThat(byIndex).isNotEqualTo(FrameTiming.CLOCK.weights(jittered, EMBEDDINGS));
  }

  @Test
  void noneOfTheEmbeddingsIsTaken() {
    assertThat(FrameTiming.NONE.weights(new long[] {0, 10, 500}, EMBEDDINGS))
        .hasSize(3 * EMBEDDINGS)
        .containsOnly(0);
  }
}
