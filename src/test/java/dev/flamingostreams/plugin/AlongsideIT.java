package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.schema.Caption;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlongsideIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void clipsInFlightAreNotBlamedForTheEndOfTheHost() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory.resolve("broker"))) {
      Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
      TopologyFile file =
          TopologyFile.read(Files.writeString(directory.resolve("topology.yaml"), "name: yard"));
      try (Cluster cluster = Cluster.connect(properties)) {
        cluster.create(TopicPlan.of(file), Optional.of(1), Optional.empty());
      }
      play(properties);
      for (int i = 0; i < 3; i++) {
        Silent silent = new Silent(new CountDownLatch(1));
        Alongside.Running running = alongside(file, properties).run(silent);
        assertThat(silent.asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        running.stop();
      }
      Alongside.Running running = alongside(file, properties).run(new FakeDescriber(-1));
      assertThat(captions(properties)).extracting(Caption::startMicros).startsWith(0L, 4_000_000L);
      running.stop();
    }
    assertThat(said).isEmpty();
  }

  /** A model that is asked and never answers. */
  private record Silent(CountDownLatch asked) implements Describer {
    @Override
    public ModelInfo model() {
      return new ModelInfo("silent", "weights", "prompt", "none");
    }

    @Override
    public CompletableFuture<Description> describe(ClipInput clip) {
      asked.countDown();
      return new CompletableFuture<>();
    }

    @Override
    public void close() {}
  }

  private Alongside alongside(TopologyFile file, Map<String, Object> properties) {
    StreamsConfig host =
        new StreamsConfig(
            Map.of(
                "application.id", "host",
                "bootstrap.servers", properties.get("bootstrap.servers"),
                "state.dir", directory.resolve("state").toString()));
    return new Alongside(file, new HostSettings(host), said::add);
  }

  private static void play(Map<String, Object> properties) {
    Topic<String, FrameBatch> frames = Topic.frames("frames");
    try (Producer<String, FrameBatch> producer =
        new KafkaProducer<>(
            properties, frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (FrameBatch batch : Recordings.seconds(10)) {
        var unused = producer.send(new ProducerRecord<>(frames.name(), "gate", batch));
      }
    }
  }

  private static List<Caption> captions(Map<String, Object> properties) {
    Topic<String, Caption> topic = Topic.captions("captions");
    List<Caption> read = new ArrayList<>();
    try (Consumer<String, Caption> consumer =
        new KafkaConsumer<>(
            properties, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      consumer.assign(List.of(new TopicPartition(topic.name(), 0)));
      consumer.seekToBeginning(consumer.assignment());
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (read.size() < 2 && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.value()));
      }
    }
    return read;
  }
}
