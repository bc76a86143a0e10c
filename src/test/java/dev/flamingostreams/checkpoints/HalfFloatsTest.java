package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {

  @Test
  void everyHalfSurvivesTheWayToFloatAndBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfFloats.fromHalf((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(HalfFloats.toHalf(value)).as("%04x", bits).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void knownHalvesHaveTheirValues() {
    assertThat(HalfFloats.fromHalf((short) 0x3c00)).isEqualTo(1);
    assertThat(HalfFloats.fromHalf((short) 0xc000)).isEqualTo(-2);
    assertThat(HalfFloats.fromHalf((short) 0x7bff)).isEqualTo(65504);
    assertThat(HalfFloats.fromHalf((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfFloats.fromHalf((short) 0x0400)).isEqualTo(0x1p-14f);
    assertThat(HalfFloats.fromHalf((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfFloats.fromHalf((short) 0x7e01)).isNaN();
    assertThat(HalfFloats.fromBrainFloat((short) 0x3fc0)).isEqualTo(1.5f);
  }

  @Test
  void roundsToTheNearestHalfAndTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = HalfFloats.fromHalf((short) bits);
      float high = HalfFloats.fromHalf((short) (bits + 1));
      float middle = new BigDecimal(low).add(new BigDecimal(high)).floatValue() / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertThat(HalfFloats.toHalf(middle)).as("%04x", bits).isEqualTo((short) even);
      assertThat(HalfFloats.toHalf(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(HalfFloats.toHalf(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
    assertThat(HalfFloats.toHalf(65519)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloats.toHalf(65520)).isEqualTo((short) 0x7c00);
    assertThat(HalfFloats.fromHalf(HalfFloats.toHalf(Float.NaN))).isNaN();
  }
}
