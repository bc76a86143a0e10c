package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptioningTest {

  /** Three sizes of videos, and four sorts of noise, each through the codec or not. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void eachSortOfClipIsShownWithEachNumberOfFrames(int sorts) {
    for (int counts = 1; counts <= 6; counts++) {
      for (int sort = 0; sort < sorts; sort++) {
        int first = sort;
        int of = counts;
        assertThat(
                IntStream.range(0, 200)
                    .filter(number -> number % sorts == first)
                    .map(number -> Captioning.inTurn(number, of))
                    .distinct()
                    .count())
            .isEqualTo(counts);
      }
    }
  }
}
