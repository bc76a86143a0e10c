package dev.flamingostreams.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TailReaderTest {
  private static final TopicPartition ONLY = new TopicPartition("frames", 0);

  @Test
  void theLastFrameIsFoundBehindThousandsOfOtherStreams() {
    assertThat(tail(5_000, 17, false)).isEqualTo(new Tail(OptionalLong.of(17_000_000), false));
  }

  @Test
  void theEndMarkerAfterItIsSeen() {
    assertThat(tail(5_000, 4_999, true)).isEqualTo(new Tail(OptionalLong.of(4_998_000_000L), true));
    assertThat(tail(5_000, 100, true)).isEqualTo(new Tail(OptionalLong.of(99_000_000), true));
  }

  @Test
  void aStreamThatIsNotThereHasNoTail() {
    assertThat(tail(100, -1, false)).isEqualTo(Tail.NONE);
    assertThat(tail(0, -1, false)).isEqualTo(Tail.NONE);
  }

  /** A partition where "mine" stops at an offset, as frames or with an end marker there. */
  private static Tail tail(int records, int stopsAt, boolean end) {
    try (RewindingConsumer consumer = new RewindingConsumer(records, stopsAt, end)) {
      return TailReader.read(consumer, "frames", 1, "mine");
    }
  }

  /** MockConsumer forgets what it has handed out; this one reads the same records again. */
  private static final class RewindingConsumer extends MockConsumer<byte[], byte[]> {
    private final int records;
    private final int stopsAt;
    private final boolean end;

    RewindingConsumer(int records, int stopsAt, boolean end) {
      super("earliest");
      this.records = records;
      this.stopsAt = stopsAt;
      this.end = end;
      updateBeginningOffsets(Map.of(ONLY, 0L));
      updateEndOffsets(Map.of(ONLY, (long) records));
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      super.seek(partition, offset);
      for (long i = offset; i < Math.min(records, offset + 6_000); i++) {
        addRecord(record(i));
      }
    }

    private ConsumerRecord<byte[], byte[]> record(long offset) {
      boolean mine = offset <= stopsAt;
      FrameBatch batch =
          end && offset == stopsAt
              ? FrameBatch.end()
              : FrameBatch.of(List.of(new Frame(offset * 1_000_000, new byte[] {1})));
      byte[] key = (mine ? "mine" : "other").getBytes(UTF_8);
      return new ConsumerRecord<>("frames", 0, offset, key, FrameBatches.write(batch));
    }
  }
}
