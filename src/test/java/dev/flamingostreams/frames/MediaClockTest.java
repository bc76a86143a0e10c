package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MediaClockTest {

  @Test
  void timeCountsFromTheFirstFrame() {
    assertThat(times(1_400_000, 1_440_000, 1_500_000)).containsExactly(0, 40_000, 100_000);
  }

  @Test
  void aMissingStampFollowsItsPredecessor() {
    assertThat(times(MediaClock.NONE, MediaClock.NONE, 700_000, 740_000))
        .containsExactly(0, 40_000, 80_000, 120_000);
    assertThat(times(100, MediaClock.NONE, 80_100)).containsExactly(0, 40_000, 80_000);
  }

  @Test
  void aClockThatTurnsBackGoesOnFromThere() {
    assertThat(times(0, 40_000, 0, 40_000, 80_000))
        .containsExactly(0, 40_000, 80_000, 120_000, 160_000);
  }

  @Test
  void anAbsurdJumpIsNoTime() {
    assertThat(times(0, Long.MAX_VALUE, 10, 60_010)).containsExactly(0, 40_000, 80_000, 140_000);
  }

  @Test
  void aPauseStays() {
    assertThat(times(0, 60_000_000)).containsExactly(0, 60_000_000);
  }

  private static long[] times(long... stamps) {
    MediaClock clock = new MediaClock(40_000);
    return LongStream.of(stamps).map(clock::next).toArray();
  }
}
