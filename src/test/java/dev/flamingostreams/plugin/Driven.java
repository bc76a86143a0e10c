package dev.flamingostreams.plugin;

import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A topology at work, without a cluster. */
record Driven(TopologyTestDriver driver) implements AutoCloseable {

  static Driven by(Topology topology, Path directory) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "app",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092",
            StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString()));
    return new Driven(new TopologyTestDriver(topology, properties));
  }

  /** A recording, to its end, while the wall clock goes on. */
  void play(Topic<String, FrameBatch> topic, String stream, int seconds) {
    for (FrameBatch batch : Recordings.seconds(seconds)) {
      send(topic, stream, batch);
      driver.advanceWallClockTime(Duration.ofMillis(500));
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  <K, V> void send(Topic<K, V> topic, @Nullable K key, @Nullable V value) {
    TestInputTopic<K, V> input =
        driver.createInputTopic(
            topic.name(), topic.keySerde().serializer(), topic.valueSerde().serializer());
    input.pipeInput(new TestRecord<>(key, value));
  }

  <K, V> List<V> values(Topic<K, V> topic) {
    return output(topic).readValuesToList();
  }

  <K, V> List<TestRecord<K, V>> records(Topic<K, V> topic) {
    return output(topic).readRecordsToList();
  }

  private <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer());
  }

  static String header(TestRecord<?, ?> record, String name) {
    return DeadLetter.get(record.headers(), name, "");
  }

  @Override
  public void close() {
    driver.close();
  }
}
