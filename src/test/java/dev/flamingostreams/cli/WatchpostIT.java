package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.dashboard.WebOptions;
import dev.flamingostreams.dashboard.WebServer;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health, metrics and dashboard of a topology that runs on a real broker, and of its end. */
class WatchpostIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long START = System.currentTimeMillis() * 1_000 - 20_000_000;

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = WebServer.open(new WebOptions(loopback, null, null));
  }

  @Test
  void healthMetricsAndDashboardFollowATopologyFromItsStartToTheBrokersEnd() throws Exception {
    TopologyFile file = TopologyFile.read(Path.of("topologies/scenes"));
    EmbeddedBroker broker = EmbeddedBroker.temporary();
    Map<String, Object> kafka = new HashMap<>();
    kafka.put("bootstrap.servers", broker.bootstrapServers());
    kafka.put("state.dir", directory.resolve("state").toString());
    try (Cluster cluster = Cluster.connect(kafka)) {
      cluster.create(TopicPlan.of(file), Optional.of(2), Optional.of((short) 1));
    }
    try (Models models = new Models(Path.of("src/main/models"), EngineOptions.defaults());
        Watchpost post = Watchpost.open(Optional.of(server), List.of(file), kafka)) {
      await(() -> get("health/ready").body().contains("{\"name\":\"broker\",\"ok\":true}"));
      assertThat(get("health/ready").statusCode()).isEqualTo(503);
      assertThat(get("health/ready").body()).contains("is being loaded", "has not been started");
      assertThat(get("health/live").statusCode()).isEqualTo(200);

      assertThat(post.dashboard()).hasValue(server.address());
      try (Runner runner = Runner.start(List.of(file), kafka, post.measured(models::describer))) {
        post.watch(runner, models);
        await(() -> get("health/ready").statusCode() == 200);
        send(kafka);
        await(
            () ->
                get("metrics")
                    .body()
                    .contains(
                        "flamingo_clips_total{outcome=\"captioned\",stage=\"captions\",topology=\"scenes\"} 2.0"));
        metrics();
        page();
        broker.close();
        await(() -> get("health/ready").body().contains("no broker answers"));
        assertThat(get("health/live").statusCode()).isEqualTo(200);
      }
    }
  }

  private void metrics() throws Exception {
    Monitoring.isAnsweredBy(get("metrics").body());
    assertThat(get("metrics").body())
        .contains(
            "flamingo_frames_total{outcome=\"undecodable\",stage=\"clips\",topology=\"scenes\"} 1.0",
            "flamingo_clip_decode_seconds_count{topology=\"scenes\"} 2",
            "flamingo_engine_batch_clips_count{model=\"default\"}",
            "flamingo_stream_lag_seconds{stream=\"<script>\",topology=\"scenes\"}",
            "flamingo_stream_silence_seconds{stream=\"<script>\",topology=\"scenes\"}",
            "kafka_stream_",
            "kafka_consumer_",
            "kafka_producer_");
  }

  private void page() throws Exception {
    HttpResponse<InputStream> live =
        client.send(
            HttpRequest.newBuilder(URI.create(server.address() + "live")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    StringBuilder told = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      await(
          () -> {
            told.append(Objects.requireNonNull(lines.readLine(), "the page ended"));
            return told.indexOf("\"captions\":2") >= 0
                && told.indexOf("\"undecodable\",\"count\":1") >= 0;
          });
    }
    assertThat(told.toString()).contains("\"name\":\"<script>\"", "\"lagSeconds\":");
    assertThat(get("images/camera/1").headers().firstValue("Content-Type")).hasValue("image/jpeg");
  }

  private static void send(Map<String, Object> kafka) throws IOException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.get("bootstrap.servers")),
            new StringSerializer(),
            new ByteArraySerializer())) {
      byte[] image = image();
      List<byte[]> records = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        Frame frame = new Frame(START + i * 250_000L, image);
        records.add(FrameBatches.write(FrameBatch.of(List.of(frame))));
      }
      records.add(FrameBatches.write(FrameBatch.idleUntil(START + 10_000_000L)));
      records.add(new byte[] {1, 2, 3});
      for (byte[] record : records) {
        Future<?> unused = producer.send(new ProducerRecord<>("frames", "<script>", record));
      }
    }
  }

  private static byte[] image() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);
    return jpeg.toByteArray();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      LockSupport.parkNanos(100_000_000);
    }
  }
}
