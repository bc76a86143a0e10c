package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.clips.ClipRules.Align;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClipRulesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void defaultsAreWindowsSideBySideWithEightToThirtyFrames() {
    ClipRules rules = ClipRules.of(Duration.ofSeconds(4), 3);

    assertThat(rules)
        .isEqualTo(
            new ClipRules(
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                3,
                8,
                30,
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Align.ANCHOR,
                Duration.ZERO));
    assertThat(rules.samples()).isEqualTo(12);
    assertThat(rules.maxBuffered()).isEqualTo(256L << 20);
  }

  @Test
  void moreSamplesThanTheMostFramesAreSpread() {
    assertThat(ClipRules.of(Duration.ofSeconds(60), 3).samples()).isEqualTo(30);
  }

  @Test
  void theHashTellsRulesThatCutOtherClips() {
    ClipRules rules = ClipRules.of(Duration.ofSeconds(4), 3);

    assertThat(ClipRules.of(Duration.ofSeconds(4), 3).hash()).isEqualTo(rules.hash()).hasSize(8);
    assertThat(ClipRules.of(Duration.ofSeconds(4), 4).hash()).isNotEqualTo(rules.hash());
    assertThat(rules.withMaxBuffered(1).hash()).as("of bounds").isEqualTo(rules.hash());
  }

  @Test
  void wrongValuesAreNamedWithTheFix() {
    refused(4, 1, 0, 8, 30, "rate 0.0");
    refused(4, 1, Double.NaN, 8, 30, "rate NaN");
    refused(4, 1, 3, 9, 8, "minFrames 9 is not between 1 and maxFrames 8");
    refused(4, 1, 3, 8, 31, "maxFrames 31 is more than a model takes; set it to 30 or less");
    refused(4, 1, 1, 8, 30, "holds 4 frames, less than minFrames 8; raise length or rate");
    refused(0, 1, 3, 8, 30, "length 0s is not between");
    refused(4, 0, 3, 8, 30, "hop 0s is not between");
    assertThatThrownBy(() -> ClipRules.of(SECOND, 8).withMaxBuffered(0))
        .hasMessage("maxBuffered 0 must be at least 1 byte");
    assertThatThrownBy(
            () ->
                new ClipRules(
                    SECOND, SECOND, 8, 8, 30, SECOND, SECOND, Align.ANCHOR, Duration.ZERO))
        .hasMessage("sessionGap 1s must be longer than grace 1s");
    assertThatThrownBy(
            () ->
                new ClipRules(
                    SECOND.multipliedBy(4),
                    SECOND,
                    8,
                    8,
                    30,
                    Duration.ZERO,
                    SECOND,
                    Align.EPOCH,
                    Duration.ZERO))
        .hasMessageContaining("with align epoch, sessionGap 1s must not be shorter");
  }

  private static void refused(
      int length, int hop, double rate, int least, int most, String message) {
    assertThatThrownBy(
            () ->
                new ClipRules(
                    Duration.ofSeconds(length),
                    Duration.ofSeconds(hop),
                    rate,
                    least,
                    most,
                    Duration.ZERO,
                    SECOND,
                    Align.ANCHOR,
                    Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
