package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void longTextIsCutAndSaysSo() {
    assertThat(Shown.text("x".repeat(1_000_000), 5)).isEqualTo("xxxx…");
    assertThat(Shown.text("short", 5)).isEqualTo("short");
  }

  @Test
  void controlsAndTurnedTextAreReplaced() {
    assertThat(Shown.text("a\u0000b\nc\u202Ed", 100)).isEqualTo("a?b?c?d");
  }

  @Test
  void halfACharacterIsReplacedWhereverItComesFrom() {
    assertThat(Shown.text("\uD83D", 100)).isEqualTo("?");
    assertThat(Shown.text("😀😀", 100)).isEqualTo("😀😀");
    assertThat(Shown.text("x😀😀", 3)).isEqualTo("x?…");
  }
}
