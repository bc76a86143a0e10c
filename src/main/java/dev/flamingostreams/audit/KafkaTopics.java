package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.ClusterException;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopicState;
import dev.flamingostreams.plugin.TopologyFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/** Topics of a cluster, read without a group. */
final class KafkaTopics implements Topics, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TopologyFile file;
  private final String group;
  private final Cluster cluster;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> beginnings = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private Map<TopicPartition, Long> alertsBefore = Map.of();
  private Map<TopicPartition, Long> firstEnds = Map.of();
  private Map<Integer, Long> committed = Map.of();

  private KafkaTopics(
      TopologyFile file, String group, Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
    this.file = file;
    this.group = group;
    this.cluster = cluster;
    this.consumer = consumer;
  }

  static KafkaTopics connect(Map<String, ?> properties, TopologyFile file) {
    Object id = properties.get(StreamsConfig.APPLICATION_ID_CONFIG);
    Cluster cluster = Cluster.connect(properties);
    try {
      KafkaTopics topics =
          new KafkaTopics(
              file,
              id == null ? file.applicationId() : id.toString(),
              cluster,
              new KafkaConsumer<>(
                  settings(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
      topics.open();
      return topics;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public Map<Integer, Long> beginnings(String topic) {
    Map<Integer, Long> first = new HashMap<>();
    partitions(topic).forEach(one -> first.put(one.partition(), at(beginnings, one)));
    return first;
  }

  @Override
  public Map<Integer, Long> committed() {
    return committed;
  }

  @Override
  public void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    List<TopicPartition> open = new ArrayList<>(partitions(topic));
    consumer.assign(open);
    open.forEach(one -> consumer.seek(one, at(beginnings, one)));
    long since = System.nanoTime();
    open.removeIf(this::isRead);
    while (!open.isEmpty()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < at(ends, partition(record))) {
          each.accept(record);
        }
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > PATIENCE.toNanos()) {
        throw new ClusterException(
            List.of("topic %s cannot be read: no record came for a minute".formatted(topic)));
      }
      open.removeIf(this::isRead);
    }
  }

  @Override
  public boolean isNew(Place place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    return place.offset() >= firstEnds.getOrDefault(partition, Long.MAX_VALUE);
  }

  @Override
  public boolean isLate(ConsumerRecord<?, ?> record) {
    return record.offset() >= alertsBefore.getOrDefault(partition(record), Long.MAX_VALUE);
  }

  @Override
  public void moveOn() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
  }

  @Override
  public void close() {
    consumer.close();
    cluster.close();
  }

  private void open() {
    for (TopicPlan plan : TopicPlan.of(file)) {
      TopicState state =
          cluster
              .state(plan)
              .orElseThrow(
                  () ->
                      new ClusterException(
                          List.of(
                              "topology %s: no topic %s; run: flamingo topics %s --create"
                                  .formatted(file.name(), plan.name(), file.file()))));
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < state.partitions(); i++) {
        all.add(new TopicPartition(plan.name(), i));
      }
      partitions.put(plan.name(), all);
    }
    look();
    firstEnds = Map.copyOf(ends);
    ends.putAll(endsOf(file.input().topic()));
    partitions.values().forEach(all -> beginnings.putAll(consumer.beginningOffsets(all)));
  }

  private void look() {
    committed = cluster.committed(group, file.input().topic());
    alertsBefore = endsOf(file.outputs().alerts());
    ends.putAll(endsOf(file.outputs().captions()));
    ends.putAll(endsOf(file.outputs().deadLetters()));
    ends.putAll(endsOf(file.outputs().alerts()));
  }

  private Map<TopicPartition, Long> endsOf(String topic) {
    return consumer.endOffsets(partitions(topic));
  }

  /** By its position: the last offsets may be those of transaction markers. */
  private boolean isRead(TopicPartition one) {
    boolean read = consumer.position(one) >= at(ends, one);
    if (read) {
      consumer.pause(List.of(one));
    }
    return read;
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private List<TopicPartition> partitions(String topic) {
    return partitions.getOrDefault(topic, List.of());
  }

  private static long at(Map<TopicPartition, Long> offsets, TopicPartition one) {
    return offsets.getOrDefault(one, 0L);
  }

  private static Map<String, Object> settings(Map<String, ?> properties) {
    Map<String, Object> settings = new HashMap<>(properties);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(StreamsConfig.CONSUMER_PREFIX)) {
            settings.put(key.substring(StreamsConfig.CONSUMER_PREFIX.length()), value);
          }
        });
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return settings;
  }
}
