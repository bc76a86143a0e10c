package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.dashboard.RecentFrames.Kept;
import dev.flamingostreams.schema.Frame;
import org.junit.jupiter.api.Test;

class RecentFramesTest {
  private final RecentFrames frames = new RecentFrames(100);

  @Test
  void aFrameIsFoundByItsCaptureTime() {
    frames.add(1, frame(7, 10));

    assertThat(frames.at(1, 7)).isNotNull();
    assertThat(frames.at(1, 8)).isNull();
    assertThat(frames.at(2, 7)).isNull();
  }

  @Test
  void theOldestOfTheCameraThatTakesMostIsDropped() {
    frames.add(1, frame(1, 30));
    for (int time = 1; time <= 5; time++) {
      frames.add(2, frame(time, 20));
    }

    assertThat(frames.bytes()).isLessThanOrEqualTo(100);
    assertThat(frames.at(1, 1)).isNotNull();
    assertThat(frames.at(2, 1)).isNull();
    assertThat(frames.at(2, 5)).isNotNull();
  }

  @Test
  void eachCameraKeepsItsLatestHoweverLarge() {
    frames.add(1, frame(1, 90));
    frames.add(2, frame(1, 90));
    frames.add(2, frame(2, 90));

    assertThat(frames.latest(1)).isNotNull();
    assertThat(frames.at(2, 1)).isNull();
    assertThat(frames.latest(2)).extracting(kept -> kept.frame().captureMicros()).isEqualTo(2L);
  }

  @Test
  void aFrameThatIsSentAgainCountsOnce() {
    frames.add(1, frame(1, 40));
    frames.add(1, frame(1, 40));

    assertThat(frames.bytes()).isEqualTo(40);
  }

  private static Kept frame(long micros, int bytes) {
    return new Kept(new Frame(micros, new byte[bytes]), 0);
  }
}
