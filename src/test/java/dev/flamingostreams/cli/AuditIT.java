package dev.flamingostreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.audit.Audit;
import dev.flamingostreams.audit.AuditReport;
import dev.flamingostreams.audit.FakeDescriber;
import dev.flamingostreams.audit.FakeTopics;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String FILE =
      """
      name: %s
      application-id: yard
      clips: {length: 1s, rate: 4/s, min-frames: 2, grace: 100ms, session-gap: 2s}
      outputs: {captions: %s}
      alerts:
      - {name: car, query: car, cooldown: 3s}
      """;

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = EmbeddedBroker.temporary();
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void allIsWellUntilACaptionIsGoneAndAnotherIsThereTwice() throws Exception {
    TopologyFile file = topology("yard", "captions");
    TopologyFile tampered = topology("tampered", "tampered");
    try (Cluster cluster = Cluster.connect(kafka(Map.of()))) {
      cluster.create(TopicPlan.of(file), Optional.of(2), Optional.empty());
      cluster.create(TopicPlan.of(tampered), Optional.of(2), Optional.empty());
    }
    sendFrames();
    assertThat(Audit.check(kafka(Map.of()), file, Duration.ZERO).behind()).isEqualTo(77);

    Map<String, Object> settings =
        kafka(Map.of("state.dir", directory.resolve("state").toString()));
    try (Runner runner = Runner.start(List.of(file), settings, f -> new FakeDescriber())) {
      assertThat(runner.finished()).isNotDone();
      AuditReport report = Audit.check(kafka(Map.of()), file, PATIENCE);
      assertThat(report.problems()).isEmpty();
      assertThat(report.behind()).isZero();
      assertThat(report.clips().found()).isEqualTo(18);
      assertThat(report.deadLettered()).isEqualTo(Map.of("model", 2L));
      assertThat(report.undecodable().found()).isEqualTo(1);
      assertThat(report.alerts().found()).isEqualTo(6);
    }
    assertThat(audit(file)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("yard: all is well, 2 streams, 0 records behind");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);

    tamper();
    assertThat(audit(tampered)).isEqualTo(ExitCode.LOST);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("clips           18 due = 15 captioned + 2 dead: model"))
        .containsSubsequence("missing clips, such as")
        .containsSubsequence("doubled clips, such as")
        .noneMatch(line -> line.startsWith("missing alerts"))
        .anyMatch(line -> line.startsWith("  cam-1@1000000.0."))
        .anyMatch(line -> line.startsWith("  cam-1@2000000.0."));
    assertThat(audit(tampered, "--json")).isEqualTo(ExitCode.LOST);
    assertThat(out.toString().lines())
        .singleElement()
        .asString()
        .contains("\"well\":false", "\"missing\":1,\"doubled\":1,\"unexpected\":0");
  }

  private int audit(TopologyFile file, String... more) {
    out.getBuffer().setLength(0);
    List<String> args = new ArrayList<>(List.of("audit", file.file().toString()));
    args.addAll(List.of("--bootstrap-server", broker.bootstrapServers()));
    args.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .execute(args.toArray(String[]::new));
  }

  /** In a transaction, whose marker is the last offset. */
  private void sendFrames() {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "cameras"))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String stream : List.of("cam-1", "cam-2")) {
        for (long time = 0; time < 9_500; time += 250) {
          FrameBatch batch = FrameBatch.of(List.of(FakeTopics.frame(time)));
          send(producer, "frames", stream.getBytes(UTF_8), FrameBatches.write(batch));
        }
      }
      send(producer, "frames", "cam-1".getBytes(UTF_8), "garbage".getBytes(UTF_8));
      producer.commitTransaction();
    }
  }

  /** The captions again, but one not at all and one twice. */
  private void tamper() {
    Topic<String, Caption> captions = Topic.captions("captions");
    List<TopicPartition> partitions =
        List.of(new TopicPartition("captions", 0), new TopicPartition("captions", 1));
    try (KafkaConsumer<String, Caption> consumer =
            new KafkaConsumer<>(
                kafka(Map.of("isolation.level", "read_committed")),
                captions.keySerde().deserializer(),
                captions.valueSerde().deserializer());
        KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int left = 16;
      while (left > 0) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          left--;
          byte[] value = captions.valueSerde().serializer().serialize("", record.value());
          for (int i = copies(record.value()); i > 0; i--) {
            send(producer, "tampered", record.key().getBytes(UTF_8), value);
          }
        }
      }
    }
  }

  private static int copies(Caption caption) {
    if (!caption.stream().equals("cam-1")) {
      return 1;
    }
    return caption.startMicros() == 1_000_000 ? 0 : caption.startMicros() == 2_000_000 ? 2 : 1;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, byte[] key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key, value));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    return new KafkaProducer<>(kafka(more), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> kafka(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return settings;
  }

  private TopologyFile topology(String name, String captions) throws IOException {
    return TopologyFile.read(
        Files.writeString(directory.resolve(name + ".yaml"), FILE.formatted(name, captions)));
  }
}
