package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topology writes, committed records only. Not thread-safe. */
final class Audience implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topic<String, Caption> captions;
  private final Topic<String, Alert> alerts;
  private final String deadLetters;

  /** Hears of the records. */
  interface Listener {
    void caption(Caption caption);

    void alert(Alert alert);

    void deadLetter(ConsumerRecord<byte[], byte[]> record);
  }

  Audience(TopologyFile file, Map<String, Object> kafka) {
    captions = Topic.captions(file.outputs().captions());
    alerts = Topic.alerts(file.outputs().alerts());
    deadLetters = file.outputs().deadLetters();
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Stream<String> read =
        file.rules().isEmpty()
            ? Stream.of(captions.name(), deadLetters)
            : Stream.of(captions.name(), alerts.name(), deadLetters);
    consumer.assign(read.flatMap(topic -> partitions(topic).stream()).toList());
  }

  /** Waits a moment for records and hands them on. */
  void listen(Listener listener) {
    for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
      if (found.topic().equals(captions.name())) {
        listener.caption(read(captions, found));
      } else if (found.topic().equals(alerts.name())) {
        listener.alert(read(alerts, found));
      } else {
        listener.deadLetter(found);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static <V> V read(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> found) {
    return topic.valueSerde().deserializer().deserialize(topic.name(), found.value());
  }
}
