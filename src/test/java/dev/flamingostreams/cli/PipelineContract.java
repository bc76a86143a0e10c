package dev.flamingostreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.Ingest;
import dev.flamingostreams.frames.IngestProgress;
import dev.flamingostreams.frames.Outcome;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.VideoWriter;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Topic;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Video files, a real broker and the default model: the whole way from H.264 to alerts, wherever
 * broker and topology run.
 */
abstract class PipelineContract {
  static final int STREAMS = 3;
  static final int SCENES = 3;
  private static final int SECONDS = 4;
  private static final int FRAMES_PER_SECOND = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path directory;

  final TopologyFile file = TopologyFile.read(Path.of("topologies/scenes"));
  private final Map<String, List<String>> truth = new HashMap<>();
  Map<String, Object> kafka = Map.of();

  /** A broker that runs. */
  abstract String bootstrapServers() throws Exception;

  /** Topology {@code scenes}, at work. */
  abstract Service run(TopologyFile file, Map<String, Object> kafka, Path directory)
      throws Exception;

  @BeforeEach
  void createTopics() throws Exception {
    kafka = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    try (Cluster cluster = Cluster.connect(kafka)) {
      cluster.create(TopicPlan.of(file), Optional.of(2), Optional.of((short) 1));
    }
  }

  @Test
  void videosBecomeTheirCaptionsAndAlertsOnceHoweverOftenTheyAreSent() throws Exception {
    List<Camera> cameras = videos();
    try (Service service = run(file, kafka, directory);
        KafkaConsumer<String, Caption> captions = consumer(Topic.captions("captions"));
        KafkaConsumer<String, Alert> alerts = consumer(Topic.alerts("alerts"));
        KafkaConsumer<byte[], byte[]> dead = consumer(Topic.deadLetters("dead-letters"))) {
      send(cameras, true);
      sendGarbage();
      List<ConsumerRecord<String, Caption>> described = new ArrayList<>();
      List<ConsumerRecord<byte[], byte[]>> refused = new ArrayList<>();
      await(() -> poll(captions, described) >= STREAMS * SCENES && poll(dead, refused) >= 1);
      assertThat(right(described)).isGreaterThanOrEqualTo(STREAMS * SCENES - 1);
      assertThat(described).extracting(record -> record.value().clip()).doesNotHaveDuplicates();
      assertThat(refused).hasSize(1);
      assertThat(refused.get(0).value()).isEqualTo("not a frame".getBytes(UTF_8));
      assertThat(header(refused.get(0), DeadLetter.REASON)).isEqualTo("undecodable");

      List<ConsumerRecord<String, Alert>> raised = new ArrayList<>();
      await(() -> poll(alerts, raised) > 0);
      assertThat(raised).allSatisfy(PipelineContract::alertFits);

      long frames = service.in("frames");
      send(cameras, false);
      await(
          () ->
              poll(captions, described) > 0
                  && service.in("frames") >= 2 * frames - 1
                  && service.open("clips") == 0);
      assertThat(described).as("captions after sending all again").hasSize(STREAMS * SCENES);
      assertThat(service.of("frames", "duplicate")).isEqualTo(frames - 1);
      assertThat(List.of("records", "frames", "clips", "captions", "matches"))
          .allSatisfy(unit -> assertThat(service.open(unit)).as(unit).isZero());
    }
  }

  List<Camera> videos() throws IOException {
    SceneSampler sampler = new SceneSampler(2026);
    List<Camera> cameras = new ArrayList<>();
    for (int s = 0; s < STREAMS; s++) {
      String id = "camera-" + s;
      Path video = directory.resolve(id + ".mp4");
      List<String> texts = new ArrayList<>();
      try (VideoWriter writer = new VideoWriter(video, 256, 144, FRAMES_PER_SECOND, 500_000)) {
        for (int i = 0; i < SCENES; i++) {
          Scene scene = sampler.one();
          texts.add(scene.caption());
          film(scene, writer);
        }
      }
      truth.put(id, texts);
      Sampling sampling = Sampling.DEFAULT.withRate(FRAMES_PER_SECOND);
      cameras.add(new Camera(id, video.toString(), sampling, 0, false));
    }
    return cameras;
  }

  private static void film(Scene scene, VideoWriter writer) throws IOException {
    SceneRenderer renderer = new SceneRenderer(scene, 256, 144);
    int frames = SECONDS * FRAMES_PER_SECOND;
    for (int i = 0; i < frames; i++) {
      writer.write(renderer.image(i / (frames - 1.0)));
    }
  }

  void send(List<Camera> cameras, boolean resume) throws Exception {
    try (Ingest ingest = Ingest.connect(kafka, "frames", resume)) {
      assertThat(ingest.run(cameras, IngestProgress.SILENT))
          .extracting(Outcome::error)
          .containsOnlyNulls();
    }
  }

  private void sendGarbage() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  "frames", "camera-0".getBytes(UTF_8), "not a frame".getBytes(UTF_8)));
    }
  }

  /** Captions that say what was rendered; those of a stream come in order. */
  private long right(List<ConsumerRecord<String, Caption>> described) {
    Map<String, Integer> seen = new HashMap<>();
    long right = 0;
    for (ConsumerRecord<String, Caption> record : described) {
      int index = seen.merge(record.key(), 1, Integer::sum) - 1;
      assertThat(record.value().startMicros()).isEqualTo(1_000_000L * index * SECONDS);
      right += texts(record.key()).get(index).equals(record.value().text()) ? 1 : 0;
    }
    return right;
  }

  private List<String> texts(String stream) {
    return truth.getOrDefault(stream, List.of());
  }

  private static void alertFits(ConsumerRecord<String, Alert> record) {
    Alert alert = record.value();
    assertThat(alert.stream()).isEqualTo(record.key());
    assertThat(alert.matched()).isNotEmpty();
    assertThat(alert.caption().text()).containsIgnoringCase(alert.matched().get(0));
  }

  <K, V> KafkaConsumer<K, V> consumer(Topic<K, V> topic) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("group.id", "test-" + topic.name());
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    KafkaConsumer<K, V> consumer =
        new KafkaConsumer<>(
            settings, topic.keySerde().deserializer(), topic.valueSerde().deserializer());
    consumer.subscribe(List.of(topic.name()));
    return consumer;
  }

  static <K, V> int poll(KafkaConsumer<K, V> consumer, List<ConsumerRecord<K, V>> into) {
    consumer.poll(Duration.ofMillis(200)).forEach(into::add);
    return into.size();
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return DeadLetter.get(record.headers(), name, "");
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
