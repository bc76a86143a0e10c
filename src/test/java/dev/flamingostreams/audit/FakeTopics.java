package dev.flamingostreams.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.plugin.Ledgers;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.plugin.VideoTopology;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Topics of one partition, made by hand or by running the topology itself over them, on which
 * anything may then be removed or repeated. Times in milliseconds.
 */
public final class FakeTopics implements Topics {
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
  private final Map<String, Long> beginnings = new HashMap<>();
  private long committed;
  private int late = Integer.MAX_VALUE;
  private Runnable next = () -> {};
  private @Nullable Map<String, Integer> firstEnds;

  @Override
  public Map<Integer, Long> beginnings(String topic) {
    return Map.of(0, beginnings.getOrDefault(topic, 0L));
  }

  @Override
  public Map<Integer, Long> committed() {
    return Map.of(0, committed);
  }

  @Override
  public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    of(topic).stream()
        .filter(record -> record.offset() >= beginnings.getOrDefault(topic, 0L))
        .forEach(each);
  }

  @Override
  public boolean isNew(Place place) {
    return firstEnds != null && place.offset() >= firstEnds.getOrDefault(place.topic(), 0);
  }

  @Override
  public boolean isLate(ConsumerRecord<?, ?> alert) {
    return alert.offset() >= late;
  }

  @Override
  public void moveOn() {
    if (firstEnds == null) {
      Map<String, Integer> ends = new HashMap<>();
      topics.forEach((topic, records) -> ends.put(topic, end(records)));
      firstEnds = ends;
    }
    next.run();
  }

  private static int end(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.isEmpty() ? 0 : (int) records.get(records.size() - 1).offset() + 1;
  }

  /** One record a frame. */
  FakeTopics frames(String stream, long... times) {
    Arrays.stream(times).forEach(time -> batch(stream, FrameBatch.of(List.of(frame(time)))));
    return this;
  }

  /** Four frames a second, from one time up to another. */
  FakeTopics film(String stream, long from, long to) {
    for (long time = from; time < to; time += 250) {
      frames(stream, time);
    }
    return this;
  }

  FakeTopics batch(String stream, FrameBatch batch) {
    return raw(stream.getBytes(UTF_8), FrameBatches.write(batch));
  }

  FakeTopics keyless(byte[] value) {
    return raw(null, value);
  }

  FakeTopics raw(byte @Nullable [] key, byte[] value) {
    append("frames", key, value, 0, new RecordHeaders());
    committed = of("frames").size();
    return this;
  }

  /** What the topology makes of the frames, within a few seconds of the wall clock. */
  FakeTopics run(TopologyFile file, Path directory) {
    return run(file, directory, Optional.empty());
  }

  /** The same, with silence by the wall clock after each record of {@code silentAfter}. */
  FakeTopics run(TopologyFile file, Path directory, Optional<Integer> silentAfter) {
    Topology topology =
        VideoTopology.addTo(new Topology(), file, FakeDescriber::new, Ledgers.create());
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic("frames", new ByteArraySerializer(), new ByteArraySerializer());
      for (ConsumerRecord<byte[], byte[]> record : of("frames")) {
        input.pipeInput(record.key(), record.value(), record.timestamp());
        driver.advanceWallClockTime(Duration.ofMillis(100));
        if (silentAfter.isPresent() && silentAfter.get() == record.offset()) {
          for (int i = 0; i < 100; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(200));
          }
        }
      }
      for (int i = 0; i < 10; i++) {
        driver.advanceWallClockTime(Duration.ofMillis(100));
      }
      List.of("captions", "alerts", "dead-letters").forEach(topic -> collect(driver, topic));
    }
    return this;
  }

  /** The topology has read this many records. */
  FakeTopics committed(long count) {
    committed = count;
    return this;
  }

  /** Alerts from this one on may be of captions that were written later. */
  FakeTopics late(int offset) {
    late = offset;
    return this;
  }

  /** What happens while the audit waits. */
  FakeTopics then(Runnable what) {
    next = what;
    return this;
  }

  /** Retention removes what is before this offset. */
  FakeTopics removeBefore(String topic, long offset) {
    beginnings.put(topic, offset);
    return this;
  }

  /** The record is gone, and was in the middle. */
  ConsumerRecord<byte[], byte[]> drop(String topic, int index) {
    return of(topic).remove(index);
  }

  /** The record is there once more, at the end. */
  FakeTopics again(String topic, int index) {
    return append(topic, of(topic).get(index));
  }

  FakeTopics append(String topic, ConsumerRecord<byte[], byte[]> record) {
    append(topic, record.key(), record.value(), record.timestamp(), record.headers());
    return this;
  }

  int count(String topic) {
    return of(topic).size();
  }

  private List<ConsumerRecord<byte[], byte[]>> of(String topic) {
    return topics.computeIfAbsent(topic, name -> new ArrayList<>());
  }

  private void collect(TopologyTestDriver driver, String topic) {
    for (TestRecord<byte[], byte[]> record :
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      append(topic, record.key(), record.value(), record.timestamp(), record.headers());
    }
  }

  private void append(
      String topic, byte @Nullable [] key, byte[] value, long millis, Headers headers) {
    List<ConsumerRecord<byte[], byte[]>> all = of(topic);
    long offset = all.isEmpty() ? 0 : all.get(all.size() - 1).offset() + 1;
    all.add(
        new ConsumerRecord<>(
            topic,
            0,
            offset,
            millis,
            TimestampType.CREATE_TIME,
            -1,
            -1,
            key,
            value,
            headers,
            Optional.empty()));
  }

  /** One that can be decoded as far as its header goes. */
  public static Frame frame(long millis) {
    return new Frame(millis * 1_000, png(16));
  }

  static Frame hugeFrame(long millis) {
    return new Frame(millis * 1_000, png(100_000));
  }

  /** A header is all that is looked at. */
  private static byte[] png(int side) {
    return ByteBuffer.allocate(24)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .putInt(0x49484452)
        .putInt(side)
        .putInt(side)
        .array();
  }
}
