package dev.flamingostreams.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContrastTest {
  @Test
  void blackAndWhiteAreAHundredApart() {
    assertThat(Contrast.between(0, 0xffffff)).isCloseTo(100, within(0.1));
    assertThat(Contrast.between(0x336699, 0x336699)).isZero();
  }

  @Test
  void whatPeopleCannotTellApartEasilyIsNotClear() {
    assertThat(Contrast.isClear(0xffff00, 0xffffff)).isFalse();
    assertThat(Contrast.isClear(0x0a0a0a, 0x202020)).isFalse();
    assertThat(Contrast.isClear(0xff0000, 0xe04020)).isFalse();
    assertThat(Contrast.isClear(0xff0000, 0x0000ff)).isTrue();
    assertThat(Contrast.isClear(0xffffff, 0x808080)).isTrue();
  }

  @Test
  void pickedColoursKeepTheirNames() {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      assertThat(hue(Colour.ORANGE.pick(random))).isBetween(20.0, 42.0);
      assertThat(hue(Colour.YELLOW.pick(random))).isBetween(48.0, 66.0);
      assertThat(hue(Colour.GREEN.pick(random))).isBetween(90.0, 150.0);
      assertThat(hue(Colour.BLUE.pick(random))).isBetween(204.0, 250.0);
      assertThat(hue(Colour.PURPLE.pick(random))).isBetween(262.0, 304.0);
      assertThat((hue(Colour.RED.pick(random)) + 180) % 360).isBetween(168.0, 192.0);
      assertThat(Colour.WHITE.pick(random) >> 8 & 255).isGreaterThanOrEqualTo(225);
      assertThat(Colour.BLACK.pick(random) >> 8 & 255).isLessThanOrEqualTo(40);
    }
  }

  private static double hue(int rgb) {
    return 360.0 * Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null)[0];
  }
}
