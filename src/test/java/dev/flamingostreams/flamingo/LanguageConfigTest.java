package dev.flamingostreams.flamingo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LanguageConfigTest {
  @Test
  void anEvenPartOfAHeadIsRotated() {
    assertThatCode(() -> rotating(0.5).validate()).doesNotThrowAnyException();
    for (double fraction : new double[] {0.25, 0.01}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> rotating(fraction).validate())
          .withMessageContaining("language.rotaryFraction is " + fraction)
          .withMessageContaining("even part of a head");
    }
  }

  /** Heads of 20. */
  private static LanguageConfig rotating(double fraction) {
    return new LanguageConfig.GptNeoX(
        100, 40, 1, 2, 80, 64, false, Activation.GELU, fraction, 10_000, true, 1e-5);
  }
}
