package dev.flamingostreams.bench.streams;

import static java.util.stream.Collectors.toSet;

import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/** Topics, groups and state of one measurement; all are deleted when it closes. */
public final class Sandbox implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final String prefix = "flamingo-bench-" + UUID.randomUUID().toString().substring(0, 8);
  private final BenchContext context;
  private final Map<String, Object> kafka;
  private final int partitions;
  private final Path directory;
  private final Admin admin;

  /**
   * @param partitions of each topic
   */
  public Sandbox(BenchContext context, int partitions) {
    this.context = context;
    this.partitions = partitions;
    admin = Admin.create(context.kafka());
    try {
      directory = Files.createTempDirectory(prefix);
    } catch (IOException e) {
      admin.close();
      throw new UncheckedIOException("cannot create a directory for state", e);
    }
    kafka = new HashMap<>(context.kafka());
    kafka.putIfAbsent("state.dir", directory.resolve("state").toString());
  }

  /** Of clients and streams. */
  public Map<String, Object> settings() {
    return kafka;
  }

  /** The settings, for a process of its own; nobody else may read it. */
  public Path settingsFile() {
    Properties settings = new Properties();
    kafka.forEach((key, value) -> settings.setProperty(key, value.toString()));
    Path file = directory.resolve("client.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public int partitions() {
    return partitions;
  }

  /** That is deleted at the end. */
  public Path directory() {
    return directory;
  }

  /** A name of topic, topology or group that nobody else has. */
  public String name(String what) {
    return prefix + "-" + what;
  }

  /**
   * A topology of that name, with the topics that it needs.
   *
   * @param input name of its topic of frames, which topologies may share
   * @param rest of the topology file
   */
  public TopologyFile topology(String name, String input, String rest) {
    String text =
        String.join(
            "\n",
            "name: " + name(name),
            "application-id: " + name(name),
            "input: {topic: %s}".formatted(input),
            "outputs: {captions: %s, alerts: %s, dead-letters: %s}"
                .formatted(name(name + "-captions"), name(name + "-alerts"), name(name + "-dead")),
            rest);
    try {
      TopologyFile file =
          TopologyFile.read(Files.writeString(directory.resolve(name + ".yaml"), text));
      create(TopicPlan.of(file));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a topology file", e);
    }
  }

  /** A topic of small records; its name. */
  public String topic(String what) {
    String name = name(what);
    create(List.of(new TopicPlan(name, what, 1 << 20, Map.of())));
    return name;
  }

  private void create(List<TopicPlan> plans) {
    try (Cluster cluster = Cluster.connect(kafka)) {
      cluster.create(plans, Optional.of(partitions), Optional.empty());
    }
  }

  /** Where the partitions of a topic end now. */
  public Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions(topic).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    answer(admin.listOffsets(latest).all()).forEach((key, end) -> ends.put(key, end.offset()));
    return ends;
  }

  /** Whether a group has committed all that is before those ends. */
  public boolean hasRead(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.entrySet().stream()
        .allMatch(end -> offset(committed, end.getKey()) >= end.getValue());
  }

  /** How many records before those ends a group has committed. */
  public long read(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return ends.keySet().stream().mapToLong(of -> Math.max(0, offset(committed, of))).sum();
  }

  /** Waits for what an application is to do, as long as {@link #goOn} lets it. */
  public void await(CompletableFuture<?> life, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      goOn(life);
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(new InterruptedException());
      }
    }
  }

  /**
   * Asks whether it makes sense to wait on.
   *
   * @param life of an application; fails when that has died
   * @throws java.util.concurrent.CompletionException if it has died
   * @throws java.util.concurrent.CancellationException if the measurement is to end
   */
  public void goOn(CompletableFuture<?> life) {
    context.goOn();
    if (life.isCompletedExceptionally()) {
      life.join();
    }
  }

  public List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  /** Deletes a topology's topics, those of its state included, to have their disk back. */
  public void delete(String name) {
    deleteTopics(name(name));
  }

  @Override
  public void close() {
    try (admin) {
      deleteTopics(prefix);
    } finally {
      deleteDirectory();
    }
  }

  private void deleteDirectory() {
    try {
      Utils.delete(directory.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }

  private void deleteTopics(String beginning) {
    Set<String> ours =
        answer(admin.listTopics().names()).stream()
            .filter(topic -> topic.startsWith(beginning))
            .collect(toSet());
    try {
      answer(admin.deleteTopics(ours).all());
    } catch (UnknownTopicOrPartitionException e) {
      // it was listed though it had been deleted a moment before
    }
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known
          ? known
          : new KafkaException("the cluster does not answer", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata offset = committed.get(partition);
    return offset == null ? 0 : offset.offset();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
