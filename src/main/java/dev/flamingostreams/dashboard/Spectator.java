package dev.flamingostreams.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows topics from a little before their end, committed records only, without a group: it takes
 * nothing from anybody and can be started any number of times. While no broker answers it waits.
 */
public final class Spectator implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Records before the end of each partition; the last captions and frames are seen at once. */
  private static final int LOOK_BACK = 300;

  private static final int FETCH_BYTES = 8 << 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicReader reader;
  private final Thread thread;
  private final Set<TopicPartition> assigned = new HashSet<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long lookAgainNanos = System.nanoTime();
  private volatile boolean closed;

  private Spectator(Map<String, ?> kafka, TopicReader reader) {
    this.reader = reader;
    consumer =
        new KafkaConsumer<>(
            settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    thread = new Thread(this::follow, "flamingo-dashboard");
    thread.setDaemon(true);
  }

  /**
   * Begins to follow.
   *
   * @param kafka any client settings; {@code bootstrap.servers} must be among them
   */
  public static Spectator start(
      List<Watched> topologies, Map<String, ?> kafka, Board board, Accounts accounts) {
    Spectator spectator = new Spectator(kafka, new TopicReader(topologies, board, accounts));
    spectator.thread.start();
    return spectator;
  }

  /** Fails when the topics cannot be followed any more; completes when this is closed. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> settings(Map<String, ?> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return settings;
  }

  private void follow() {
    try (consumer) {
      while (!closed) {
        lookForPartitions();
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
          reader.read(found);
        }
      }
    } catch (WakeupException | InterruptException e) {
      closed = true; // as it was asked to
    } catch (RuntimeException | Error e) { // nobody else would hear of it
      ended.completeExceptionally(e);
    }
    ended.complete(null);
  }

  /** Topics may be made, or get more partitions, at any time. */
  private void lookForPartitions() {
    if (System.nanoTime() - lookAgainNanos < 0) {
      return;
    }
    lookAgainNanos = System.nanoTime() + LOOK_FOR_PARTITIONS.toNanos();
    try {
      Set<TopicPartition> fresh = new HashSet<>(partitions());
      fresh.removeAll(assigned);
      if (!fresh.isEmpty()) {
        seek(fresh);
      }
    } catch (RetriableException e) {
      lookAgainNanos = System.nanoTime(); // no broker answers, which BrokerCheck tells
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    Map<String, List<PartitionInfo>> known = consumer.listTopics(PATIENCE);
    for (String topic : reader.topics()) {
      known
          .getOrDefault(topic, List.of())
          .forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
    }
    return partitions;
  }

  private void seek(Set<TopicPartition> fresh) {
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(fresh, PATIENCE);
    Map<TopicPartition, Long> end = consumer.endOffsets(fresh, PATIENCE);
    assigned.addAll(fresh);
    consumer.assign(assigned);
    for (TopicPartition one : fresh) {
      long last = end.getOrDefault(one, 0L);
      consumer.seek(one, Math.max(begin.getOrDefault(one, 0L), last - LOOK_BACK));
    }
  }
}
