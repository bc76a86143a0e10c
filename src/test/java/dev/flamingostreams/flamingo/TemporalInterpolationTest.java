package dev.flamingostreams.flamingo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TemporalInterpolationTest {
  private static final int EMBEDDINGS = 8;

  @Test
  void eightEvenFramesTakeTheEightEmbeddingsAsTheyAre() {
    float[] weights = TemporalInterpolation.weights(even(8), EMBEDDINGS);
    for (int i = 0; i < 8; i++) {
      for (int e = 0; e < EMBEDDINGS; e++) {
        assertThat(weights[i * EMBEDDINGS + e]).isCloseTo(i == e ? 1 : 0, within(1e-6f));
      }
    }
  }

  @Test
  void thirtyFramesLieBetweenTheirNeighboursAndEndOnTheOuterEmbeddings() {
    float[] weights = TemporalInterpolation.weights(even(30), EMBEDDINGS);
    for (int i = 0; i < 30; i++) {
      double position = 0;
      double sum = 0;
      int used = 0;
      for (int e = 0; e < EMBEDDINGS; e++) {
        float weight = weights[i * EMBEDDINGS + e];
        position += e * weight;
        sum += weight;
        used += weight != 0 ? 1 : 0;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(position).isCloseTo(7.0 * i / 29, within(1e-5));
      assertThat(used).isBetween(1, 2);
    }
  }

  @Test
  void positionsFollowTheClockAndNotTheIndex() {
    float[] weights = TemporalInterpolation.weights(new long[] {100, 150, 800}, EMBEDDINGS);
    assertThat(weights[EMBEDDINGS]).isCloseTo(0.5f, within(1e-6f));
    assertThat(weights[EMBEDDINGS + 1]).isCloseTo(0.5f, within(1e-6f));
    assertThat(weights[2 * EMBEDDINGS + 7]).isEqualTo(1);
  }

  @Test
  void oneFrameIsAtTheStart() {
    float[] weights = TemporalInterpolation.weights(new long[] {42}, EMBEDDINGS);
    assertThat(weights).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
  }

  private static long[] even(int frames) {
    return LongStream.range(0, frames).map(i -> 1_000_000 + i * 125_000).toArray();
  }
}
