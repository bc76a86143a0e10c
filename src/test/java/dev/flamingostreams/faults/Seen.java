package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What consumers see of the topics that a topology writes. */
final class Seen implements AutoCloseable {
  private static final int MOST_LOOKS = 10_000;
  private static final Pattern TIMING = Pattern.compile("\"timing\":\\{[^}]*},");
  private static final Pattern STREAM = Pattern.compile("\"stream\":\"([^\"]*)\"");

  private final TopologyFile file;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Caption> captions = new ArrayList<>();
  private final List<String> json = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();

  private Seen(String servers, TopologyFile file, String isolation) {
    this.file = file;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers,
                "auto.offset.reset", "earliest",
                "isolation.level", isolation),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    topics().forEach(topic -> partitions.addAll(partitions(topic)));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static Seen committed(String servers, TopologyFile file) {
    return new Seen(servers, file, "read_committed");
  }

  static Seen all(String servers, TopologyFile file) {
    return new Seen(servers, file, "read_uncommitted");
  }

  /** Reads what has come since; whether every clip that is due has its caption or dead letter. */
  boolean hasAll(List<String> due) {
    poll(Duration.ofMillis(200));
    return captions.size() + deadClips().size() >= due.size() && ids().containsAll(due);
  }

  /** Waits until each of these streams has so many more captions. */
  void awaitMore(Forked from, List<Camera> cameras, int count) {
    Map<String, Long> before = byStream();
    from.await(
        count + " more captions of each stream came",
        () -> {
          poll(Duration.ofMillis(200));
          Map<String, Long> now = byStream();
          return cameras.stream()
              .map(Camera::id)
              .allMatch(id -> now.getOrDefault(id, 0L) >= before.getOrDefault(id, 0L) + count);
        });
  }

  private Map<String, Long> byStream() {
    return captions.stream().collect(Collectors.groupingBy(Caption::stream, Collectors.counting()));
  }

  /** Reads all that there is. */
  Seen readToEnd() {
    consumer
        .endOffsets(consumer.assignment())
        .forEach(
            (partition, end) -> {
              while (consumer.position(partition) < end) {
                poll(Duration.ofMillis(200));
              }
            });
    return this;
  }

  List<Caption> captions() {
    return List.copyOf(captions);
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** Captions as JSON in their order, by stream, without the times that they took. */
  Map<String, List<String>> withoutTiming() {
    return json.stream()
        .map(line -> TIMING.matcher(line).replaceFirst(""))
        .collect(
            Collectors.groupingBy(
                line ->
                    STREAM
                        .matcher(line)
                        .results()
                        .findFirst()
                        .map(found -> found.group(1))
                        .orElse("")));
  }

  /** Ids of clips among the dead letters. */
  List<String> deadClips() {
    return dead.stream()
        .map(record -> header(record, DeadLetter.CLIP))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** How many dead letters have this reason. */
  long dead(String reason) {
    return dead.stream().filter(one -> header(one, DeadLetter.REASON).equals(reason)).count();
  }

  private Set<String> ids() {
    Set<String> ids = new HashSet<>(deadClips());
    captions.forEach(caption -> ids.add(caption.clip()));
    return ids;
  }

  private void poll(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      if (record.topic().equals(file.outputs().captions())) {
        captions.add(read(Topic.captions(record.topic()), record));
        json.add(new String(record.value(), UTF_8));
      } else if (record.topic().equals(file.outputs().alerts())) {
        alerts.add(read(Topic.alerts(record.topic()), record));
      } else {
        dead.add(record);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<String> topics() {
    TopologyFile.Outputs outputs = file.outputs();
    return file.rules().isEmpty()
        ? List.of(outputs.captions(), outputs.deadLetters())
        : List.of(outputs.captions(), outputs.deadLetters(), outputs.alerts());
  }

  // A broker may not know yet what was created a moment ago.
  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    for (int look = 1; known.isEmpty() && look < MOST_LOOKS; look++) {
      known = consumer.partitionsFor(topic);
    }
    assertThat(known).as("partitions of %s", topic).isNotEmpty();
    return known.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private static <V> V read(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.valueSerde().deserializer().deserialize(record.topic(), record.value());
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return DeadLetter.get(record.headers(), name, "");
  }
}
