package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  private EmbeddedBroker broker;
  private TopologyFile file;

  @BeforeEach
  void start() throws IOException {
    broker = EmbeddedBroker.temporary();
    String text = "name: yard\nalerts:\n- {name: car, query: car, cooldown: 1m}";
    file = TopologyFile.read(Files.writeString(directory.resolve("topology.yaml"), text));
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void missingTopicsAreNamedWithTheCommandThatCreatesThem() {
    assertThatThrownBy(() -> Runner.start(List.of(file), properties(), f -> new FakeDescriber(-1)))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "topology yard: no topic frames, captions, alerts, dead-letters at %s; run: flamingo topics %s --create --bootstrap-server %1$s"
                .formatted(broker.bootstrapServers(), file.file()));
  }

  @Test
  void topicsAreCreatedOnceAndAsPlanned() {
    try (Cluster cluster = Cluster.connect(properties())) {
      assertThat(create(cluster)).containsExactly("frames", "captions", "alerts", "dead-letters");
      assertThat(create(cluster)).isEmpty();

      TopicPlan captions = TopicPlan.of(file).get(1);
      assertThat(cluster.state(captions).orElseThrow().partitions()).isEqualTo(2);
      assertThat(cluster.state(captions).orElseThrow().config())
          .containsAllEntriesOf(captions.config());
      cluster.check(file);
    }
  }

  @Test
  void framesBecomeCaptionsAndAlertsOfACluster() throws Exception {
    try (Cluster cluster = Cluster.connect(properties())) {
      assertThat(create(cluster)).hasSize(4);
    }
    try (Runner runner = run()) {
      runner.started().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      play("gate");
      assertThat(read(Topic.captions("captions"), 3))
          .extracting(Caption::stream, Caption::startMicros)
          .containsExactly(
              tuple("gate", 0L), tuple("gate", 4_000_000L), tuple("gate", 12_000_000L));
      assertThat(read(Topic.alerts("alerts"), 1)).extracting(Alert::rule).containsExactly("car");
      assertThat(read(Topic.deadLetters("dead-letters"), 1)).hasSize(1);
      assertThat(runner.finished()).isNotDone();
    }

    try (Runner again = run()) {
      play("yard");
      assertThat(read(Topic.captions("captions"), 6))
          .extracting(Caption::stream)
          .containsOnly("gate", "yard")
          .hasSize(6);
      assertThat(again.ledgers())
          .hasEntrySatisfying("yard", of -> assertThat(of.clips().in()).isEqualTo(64));
    }
  }

  private Runner run() {
    return Runner.start(List.of(file), properties(), f -> new FakeDescriber(8_000_000));
  }

  private Iterable<String> create(Cluster cluster) {
    return cluster.create(TopicPlan.of(file), Optional.of(2), Optional.empty());
  }

  private Map<String, Object> properties() {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "state.dir",
        directory.resolve("state").toString());
  }

  private void play(String stream) {
    Topic<String, FrameBatch> frames = Topic.frames("frames");
    try (Producer<String, FrameBatch> producer =
        new KafkaProducer<>(
            properties(), frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (FrameBatch batch : Recordings.seconds(16)) {
        var unused = producer.send(new ProducerRecord<>(frames.name(), stream, batch));
      }
    }
  }

  private <K, V> List<V> read(Topic<K, V> topic, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<V> values = new ArrayList<>();
    try (Consumer<K, V> consumer =
        new KafkaConsumer<>(
            config, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
