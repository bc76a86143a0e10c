package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestIT {
  private static final Sampling FIVE = Sampling.DEFAULT.withRate(5);
  private static final int PARTITIONS = 3;

  @TempDir Path folder;

  private EmbeddedBroker broker;
  private Map<String, Object> kafka;

  @BeforeAll
  void start() throws Exception {
    broker = EmbeddedBroker.temporary();
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @AfterAll
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void anIngestThatWasStoppedGoesOnWhereItsStreamEndsAndOnlyOnce() throws Exception {
    create("resumed");
    Path first = TestVideos.write(folder.resolve("first.mp4"), 20, 20);
    Path whole = TestVideos.write(folder.resolve("whole.mp4"), 40, 20);
    for (String id : List.of("a", "b", "c")) {
      ingest("resumed", id, first);
    }
    for (String id : List.of("a", "b", "c")) {
      assertThat(ingest("resumed", id, whole).frames()).isEqualTo(5);
      assertThat(ingest("resumed", id, whole).frames()).isZero();
    }
    for (String id : List.of("a", "b", "c")) {
      List<FrameBatch> batches = batches("resumed", id);
      assertThat(batches.stream().flatMap(batch -> batch.frames().stream()))
          .extracting(Frame::captureMicros)
          .containsExactly(
              0L,
              200_000L,
              400_000L,
              600_000L,
              800_000L,
              1_000_000L,
              1_200_000L,
              1_400_000L,
              1_600_000L,
              1_800_000L);
      assertThat(batches.stream().filter(batch -> batch.equals(FrameBatch.end()))).hasSize(2);
      assertThat(batches.get(batches.size() - 1)).isEqualTo(FrameBatch.end());
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThatExceptionOfType(BrokerException.class)
        .isThrownBy(() -> Ingest.connect(kafka, "nowhere", true))
        .withMessage(
            "there is no topic 'nowhere' at %s; create it with 'flamingo topics' or name another"
                .formatted(broker.bootstrapServers()));
  }

  private Outcome ingest(String topic, String id, Path file) throws Exception {
    try (Ingest ingest = Ingest.connect(kafka, topic, true)) {
      Camera camera = new Camera(id, file.toString(), FIVE, 0, false);
      Outcome outcome = ingest.run(List.of(camera), IngestProgress.SILENT).get(0);
      assertThat(outcome.error()).isNull();
      return outcome;
    }
  }

  private void create(String topic) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
          .all()
          .get();
    }
  }

  private List<FrameBatch> batches(String name, String stream) {
    Topic<String, FrameBatch> topic = Topic.frames(name);
    List<FrameBatch> batches = new ArrayList<>();
    try (KafkaConsumer<String, FrameBatch> consumer =
        new KafkaConsumer<>(
            kafka, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      for (int i = 0; i < PARTITIONS; i++) {
        TopicPartition partition = new TopicPartition(name, i);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
          for (ConsumerRecord<String, FrameBatch> record : consumer.poll(Duration.ofMillis(200))) {
            if (record.key().equals(stream)) {
              batches.add(record.value());
            }
          }
        }
      }
    }
    return batches;
  }
}
