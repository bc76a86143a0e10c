package dev.flamingostreams.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class StreamTimesTest {
  private final StreamTimes times = new StreamTimes();
  private final StreamTimes.Entries task = times.entries();
  private final StreamTimes.Entries other = times.entries();

  @Test
  void theLastTimeOfEachStreamIsKeptUntilItEnds() {
    task.reached("gate", 1);
    task.reached("gate", 5);
    other.reached("yard", 3);
    assertThat(times.micros()).containsOnly(entry("gate", 5L), entry("yard", 3L));
    task.ended("gate");
    assertThat(times.micros()).containsOnly(entry("yard", 3L));
  }

  @Test
  void theStreamsOfATaskGoWithIt() {
    task.reached("gate", 1);
    other.reached("yard", 3);
    task.close();
    assertThat(times.micros()).containsOnlyKeys("yard");
  }

  @Test
  void streamsBeyondTheMostAreLeftOut() {
    for (int i = 0; i <= StreamTimes.MOST_STREAMS; i++) {
      task.reached("s" + i, i);
    }
    task.reached("s0", 7);
    assertThat(times.micros()).hasSize(StreamTimes.MOST_STREAMS).containsEntry("s0", 7L);
  }
}
