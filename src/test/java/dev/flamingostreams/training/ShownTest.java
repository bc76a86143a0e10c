package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static final double[] TIMES = {0.1, 0.2, 0.3, 0.5, 0.9};

  @Test
  void framesThatAreLeftLieBetweenTheEmbeddingsAsIfTheyWereAll() {
    Shown shown = new Shown(TIMES, new boolean[] {false, true, true, false, true});
    assertThat(shown.mask()).containsExactly(0, 1, 1, 0, 1);
    assertThat(shown.timeWeights(8)).hasSize(5 * 8);
    assertThat(row(shown, 0)).containsOnly(0);
    assertThat(row(shown, 1)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(row(shown, 2)).containsExactly(new float[] {0, 1, 0, 0, 0, 0, 0, 0}, within(1e-4f));
    assertThat(row(shown, 3)).containsOnly(0);
    assertThat(row(shown, 4)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void oneClipInAsManyLosesOneOrTwo() {
    Random random = new Random(1);
    int whole = 0;
    for (int i = 0; i < 3000; i++) {
      int lost = 0;
      for (float frame : Shown.draw(TIMES, 1 / 3.0, random).mask()) {
        lost += frame == 0 ? 1 : 0;
      }
      assertThat(lost).isLessThanOrEqualTo(2);
      whole += lost == 0 ? 1 : 0;
    }
    assertThat(whole).isBetween(1900, 2100);
  }

  private static float[] row(Shown shown, int frame) {
    float[] row = new float[8];
    System.arraycopy(shown.timeWeights(8), 8 * frame, row, 0, 8);
    return row;
  }
}
