package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.dashboard.RecentFrames.Kept;
import dev.flamingostreams.schema.Frame;
import org.junit.jupiter.api.Test;

class RecentFramesTest {
  private final RecentFrames frames = new RecentFrames(100_000);

  @Test
  void aFrameIsFoundByItsCaptureTime() {
    frames.add(1, frame(7, 10_000));

    assertThat(frames.at(1, 7)).isNotNull();
    assertThat(frames.at(1, 8)).isNull();
    assertThat(frames.at(2, 7)).isNull();
  }

  @Test
  void theOldestOfTheCameraThatTakesMostIsDropped() {
    frames.add(1, frame(1, 30_000));
    for (int time = 1; time <= 5; time++) {
      frames.add(2, frame(time, 20_000));
    }

    assertThat(frames.bytes()).isLessThanOrEqualTo(100_000);
    assertThat(frames.at(1, 1)).isNotNull();
    assertThat(frames.at(2, 1)).isNull();
    assertThat(frames.at(2, 5)).isNotNull();
  }

  @Test
  void eachCameraKeepsItsLatestHoweverLarge() {
    frames.add(1, frame(1, 90_000));
    frames.add(2, frame(1, 90_000));
    frames.add(2, frame(2, 90_000));

    assertThat(frames.latest(1)).isNotNull();
    assertThat(frames.at(2, 1)).isNull();
    assertThat(frames.latest(2)).extracting(kept -> kept.frame().captureMicros()).isEqualTo(2L);
  }

  @Test
  void aFrameThatIsSentAgainCountsOnce() {
    frames.add(1, frame(1, 40_000));
    frames.add(1, frame(1, 40_000));

    assertThat(frames.bytes()).isEqualTo(40_000 + RecentFrames.OVERHEAD_BYTES);
  }

  @Test
  void framesWithoutBytesAreNotKeptForEver() {
    for (int time = 0; time < 1_000; time++) {
      frames.add(1, frame(time, 0));
    }

    assertThat(frames.at(1, 499)).isNull();
    assertThat(frames.at(1, 500)).isNotNull();
  }

  private static Kept frame(long micros, int bytes) {
    return new Kept(new Frame(micros, new byte[bytes]), 0);
  }
}
