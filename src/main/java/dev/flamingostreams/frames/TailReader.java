package dev.flamingostreams.frames;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.MalformedRecordException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;

/** Finds a stream's last frame: reads its partition backwards, in windows that double. */
final class TailReader {
  /** How far back a stream is looked for, all streams of the partition counted. */
  static final long MAX_RECORDS = 20_000;

  private static final long FIRST_WINDOW = 32;
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int MAX_SILENT_POLLS = 80;

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final byte[] key;
  private long lastMicros = Long.MIN_VALUE;
  private boolean found;
  private boolean seen;
  private boolean ended;

  private TailReader(Consumer<byte[], byte[]> consumer, TopicPartition partition, byte[] key) {
    this.consumer = consumer;
    this.partition = partition;
    this.key = key;
  }

  /**
   * @param partitions of the topic; the stream's is where Kafka's default partitioner puts its key
   */
  static Tail read(Consumer<byte[], byte[]> consumer, String topic, int partitions, String stream) {
    byte[] key = stream.getBytes(UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
    return new TailReader(consumer, new TopicPartition(topic, partition), key).read();
  }

  private Tail read() {
    List<TopicPartition> partitions = List.of(partition);
    consumer.assign(partitions);
    long end = consumer.endOffsets(partitions).getOrDefault(partition, 0L);
    long begin = consumer.beginningOffsets(partitions).getOrDefault(partition, 0L);
    long bound = Math.max(begin, end - MAX_RECORDS);
    long window = FIRST_WINDOW;
    while (end > bound && !found) {
      long start = Math.max(bound, end - window);
      readWindow(start, end);
      end = start;
      window *= 2;
    }
    return found ? new Tail(OptionalLong.of(lastMicros), ended) : Tail.NONE;
  }

  private void readWindow(long start, long end) {
    boolean endedLater = ended;
    boolean seenLater = seen;
    consumer.seek(partition, start);
    int silent = 0;
    while (consumer.position(partition) < end) {
      int records = 0;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records++;
        if (record.offset() < end && Arrays.equals(key, record.key())) {
          take(record);
        }
      }
      silent = records == 0 ? silent + 1 : 0;
      if (silent > MAX_SILENT_POLLS) {
        throw new TimeoutException("cannot read " + partition);
      }
    }
    ended = seenLater ? endedLater : ended;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      FrameBatch batch = FrameBatches.read(record.value(), record.timestamp());
      seen = true;
      ended = batch.marker() == FrameBatch.Marker.END;
      batch.frames().forEach(frame -> lastMicros = Math.max(lastMicros, frame.captureMicros()));
      found |= !batch.frames().isEmpty();
    } catch (MalformedRecordException e) {
      // The clips stage dead-letters it; it is no frame of the stream.
      seen = true;
      ended = false;
    }
  }
}
