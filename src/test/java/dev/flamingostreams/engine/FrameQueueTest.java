package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private final FrameQueue queue = new FrameQueue(10);

  @Test
  void givesTheOldestFirstAndEachOnce() {
    add(1, 3);
    add(2, 3);
    add(1, 3);
    add(3, 3);

    assertThat(queue.take(2).keySet()).containsExactly(key(1), key(2));
    assertThat(queue.take(2).keySet()).containsExactly(key(3));
    assertThat(queue.take(2)).isEmpty();
    assertThat(queue.dropped()).isZero();
  }

  @Test
  void dropsTheOldestBeyondItsBytesAndCountsThem() {
    List.of(1, 2, 3, 4).forEach(tag -> add(tag, 3));
    add(5, 11);

    assertThat(queue.take(9).keySet()).containsExactly(key(2), key(3), key(4));
    assertThat(queue.dropped()).isEqualTo(2);
    add(1, 10);
    assertThat(queue.take(9)).as("what was taken makes room").hasSize(1);
  }

  @Test
  void whatAClipBringsWaitsNoLonger() {
    add(1, 5);
    add(2, 5);
    queue.remove(Set.of(key(1), key(7)));
    add(3, 5);

    assertThat(queue.take(9).keySet()).containsExactly(key(2), key(3));
    assertThat(queue.dropped()).isZero();
  }

  private void add(int tag, int bytes) {
    queue.add(key(tag), new byte[bytes]);
  }

  private static FrameKey key(int tag) {
    return new FrameKey(0, tag);
  }
}
