package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveClockTest {
  private static final long NOW = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  private final LiveClock clock = new LiveClock(OptionalLong.empty());

  @Test
  void theCamerasClockRunsFromTheFirstArrival() {
    assertThat(clock.capture(0, NOW)).isEqualTo(NOW);
    assertThat(clock.capture(100_000, NOW + 180_000)).isEqualTo(NOW + 100_000);
  }

  @Test
  void aCameraThatHasDriftedAwayIsSetByTheWall() {
    clock.capture(0, NOW);
    assertThat(clock.capture(SECOND, NOW + 9 * SECOND)).isEqualTo(NOW + 9 * SECOND);
  }

  @Test
  void timeNeverTurnsBack() {
    long first = clock.capture(0, NOW);
    clock.reconnected();
    assertThat(clock.capture(0, NOW - 5)).isEqualTo(first + 1);
    assertThat(new LiveClock(OptionalLong.of(NOW + 7)).capture(0, NOW)).isEqualTo(NOW + 8);
  }

  @Test
  void aWallClockThatIsSetBackIsFollowed() {
    clock.capture(0, NOW);
    long before = NOW - 7_200 * SECOND;
    assertThat(clock.capture(SECOND, before)).isEqualTo(before);
    assertThat(clock.capture(2 * SECOND, before + SECOND)).isEqualTo(before + SECOND);
    assertThat(clock.idleUntil(before + 9 * SECOND)).hasValue(before + 8 * SECOND);
    assertThat(new LiveClock(OptionalLong.of(NOW)).capture(0, before)).isEqualTo(before);
  }

  @Test
  void aSilentCameraIsIdleUpToAMomentAgoAndNoFrameFollowsBeforeThat() {
    assertThat(clock.idleUntil(NOW)).isEmpty();
    clock.capture(0, NOW);
    assertThat(clock.idleUntil(NOW + SECOND)).isEmpty();
    assertThat(clock.idleUntil(NOW + 3 * SECOND)).hasValue(NOW + 2 * SECOND);
    assertThat(clock.idleUntil(NOW + 3 * SECOND + 1)).isEmpty();
    assertThat(clock.idleUntil(NOW + 4 * SECOND)).hasValue(NOW + 3 * SECOND);
    assertThat(clock.capture(SECOND, NOW + 4 * SECOND)).isEqualTo(NOW + 3 * SECOND + 1);
  }
}
