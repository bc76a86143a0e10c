package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CompiledAgreementTest {

  @Test
  void countsClipsOfWhichEveryTokenIsTheSame() {
    assertThat(CompiledAgreement.equal(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 5}, 2))
        .isEqualTo(1);
  }

  @Test
  void theErrorIsRelativeToTheLargestLogit() {
    assertThat(CompiledAgreement.error(new float[] {-4, 1}, new float[] {-4, 1.5f}))
        .isCloseTo(0.125, Offset.offset(1e-9));
  }
}
