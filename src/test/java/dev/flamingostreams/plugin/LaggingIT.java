package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that takes longer than the clips' hop, on a real broker, started anew in between. */
class LaggingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SECONDS = 60;
  private static final String FILE =
      """
      name: yard
      clips: {length: 4s, hop: 1s}
      captions:
        max-in-flight: 2
        lagging: {after: 500ms, frames: 8, hop: 4}
      """;

  @TempDir Path directory;

  @Test
  void aTopologyThatLagsThinsAndEveryWindowEndsOnceInItsTurn() throws Exception {
    TopologyFile file =
        TopologyFile.read(Files.writeString(directory.resolve("topology.yaml"), FILE));
    try (EmbeddedBroker broker = EmbeddedBroker.temporary();
        SlowDescriber describer = new SlowDescriber()) {
      Map<String, Object> properties = properties(broker);
      try (Cluster cluster = Cluster.connect(properties)) {
        cluster.create(TopicPlan.of(file), Optional.of(1), Optional.empty());
      }
      play(properties);
      try (Runner runner = Runner.start(List.of(file), properties, f -> describer)) {
        assertThat(starts(read(broker, Topic.captions("captions"), 4))).startsWith(0L);
        assertThat(runner.finished()).isNotDone();
      }
      List<ConsumerRecord<String, Caption>> captions;
      List<ConsumerRecord<byte[], byte[]>> refused;
      try (Runner again = Runner.start(List.of(file), properties, f -> describer)) {
        // windows of at least 8 frames
        int due = SECONDS - 1;
        captions = new ArrayList<>();
        refused = new ArrayList<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (captions.size() + refused.size() < due && System.nanoTime() < end) {
          captions = read(broker, Topic.captions("captions"), 0);
          refused = read(broker, Topic.deadLetters("dead-letters"), 0);
        }
        assertThat(again.finished()).isNotDone();
      }
      assertThat(starts(captions)).isSorted().doesNotHaveDuplicates();
      assertThat(refused)
          .isNotEmpty()
          .extracting(letter -> header(letter, DeadLetter.REASON))
          .containsOnly("lagging");
      List<String> ids = new ArrayList<>(captions.stream().map(one -> one.value().clip()).toList());
      refused.forEach(letter -> ids.add(header(letter, DeadLetter.CLIP)));
      assertThat(ids)
          .extracting(id -> Long.parseLong(id.replaceAll(".*@(\\d+)\\..*", "$1")))
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, SECONDS - 1).map(i -> i * 1_000_000).boxed().toList());
      assertThat(captions)
          .extracting(one -> one.value().thinned())
          .contains(new Caption.Thinned(16, 4));
    }
  }

  /** One clip after the other, each for a fifth of a second. */
  private static final class SlowDescriber implements Describer {
    private final ScheduledExecutorService model = Executors.newSingleThreadScheduledExecutor();
    private long freeNanos = System.nanoTime();

    @Override
    public ModelInfo model() {
      return new ModelInfo("slow", "weights", "prompt", "none");
    }

    @Override
    public synchronized CompletableFuture<Description> describe(ClipInput clip) {
      CompletableFuture<Description> answer = new CompletableFuture<>();
      freeNanos = Math.max(freeNanos, System.nanoTime()) + TimeUnit.MILLISECONDS.toNanos(200);
      Description said =
          new Description("%d frames".formatted(clip.images().size()), 0, 1, false, 0, 0, 0);
      var unused =
          model.schedule(
              () -> answer.complete(said), freeNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      return answer;
    }

    @Override
    public void close() {
      model.shutdownNow();
    }
  }

  private Map<String, Object> properties(EmbeddedBroker broker) {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "state.dir",
        directory.resolve("state").toString());
  }

  private static void play(Map<String, Object> properties) {
    Topic<String, FrameBatch> frames = Topic.frames("frames");
    try (Producer<String, FrameBatch> producer =
        new KafkaProducer<>(
            properties, frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (FrameBatch batch : Recordings.seconds(SECONDS)) {
        var unused = producer.send(new ProducerRecord<>(frames.name(), "gate", batch));
      }
    }
  }

  private static List<Long> starts(List<ConsumerRecord<String, Caption>> captions) {
    return captions.stream().map(one -> one.value().startMicros()).toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return DeadLetter.get(letter.headers(), name, "");
  }

  /** What is there, once it is at least so much. */
  private static <K, V> List<ConsumerRecord<K, V>> read(
      EmbeddedBroker broker, Topic<K, V> topic, int least) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<ConsumerRecord<K, V>> records = new ArrayList<>();
    try (Consumer<K, V> consumer =
        new KafkaConsumer<>(
            config, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic.name(), 0));
      consumer.assign(partitions);
      long last = consumer.endOffsets(partitions).values().iterator().next();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while ((records.size() < least || consumer.position(partitions.get(0)) < last)
          && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      }
    }
    return records;
  }
}
