package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameBatcherTest {
  private final FrameBatcher batcher = new FrameBatcher();

  @Test
  void noBatchIsLargerThanItMayBeAndNoFrameIsLost() throws VideoException {
    Random random = new Random(5);
    List<FrameBatch> batches = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int size = i < 2_000 ? random.nextInt(30) : random.nextInt(200_000);
      FrameBatch full = batcher.add(new Frame(i * 1_000_000_000_000L, new byte[size]), 0);
      if (full != null) {
        batches.add(full);
      }
    }
    FrameBatch rest = batcher.drain();
    assertThat(rest).isNotNull();
    batches.add(rest);
    long next = 0;
    for (FrameBatch batch : batches) {
      assertThat(FrameBatches.write(batch)).hasSizeLessThanOrEqualTo(900_000);
      assertThat(batch.frames()).hasSizeLessThanOrEqualTo(FrameBatches.MAX_FRAMES);
      for (Frame frame : batch.frames()) {
        assertThat(frame.captureMicros()).isEqualTo(next);
        next += 1_000_000_000_000L;
      }
    }
    assertThat(next).isEqualTo(3_000 * 1_000_000_000_000L);
  }

  @Test
  void aBatchIsDueAQuarterOfASecondAfterItsFirstFrame() throws VideoException {
    assertThat(batcher.due(Long.MAX_VALUE)).isFalse();
    batcher.add(new Frame(0, new byte[1]), 1_000);
    batcher.add(new Frame(1, new byte[1]), 200_000_000);
    assertThat(batcher.due(250_000_999)).isFalse();
    assertThat(batcher.due(250_001_000)).isTrue();
    batcher.drain();
    assertThat(batcher.due(Long.MAX_VALUE)).isFalse();
    assertThat(batcher.drain()).isNull();
  }

  @Test
  void anImageThatFitsIntoNoBatchIsRefused() {
    assertThatExceptionOfType(VideoException.class)
        .isThrownBy(() -> batcher.add(new Frame(0, new byte[900_000]), 0))
        .withMessageContaining("900000 bytes")
        .withMessageContaining("lower size or quality");
  }
}
