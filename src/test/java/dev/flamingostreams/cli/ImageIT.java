package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;

/** The project's image on Kafka's, as they are deployed. */
class ImageIT extends PipelineContract {
  private static final String INSIDE = "kafka:19092";

  private static String image;

  private final Network network = Network.newNetwork();
  private final KafkaContainer broker =
      new KafkaContainer(Containers.KAFKA).withNetwork(network).withListener(INSIDE);

  @BeforeAll
  static void build() throws IOException {
    Containers.require();
    image = Containers.image();
  }

  @AfterEach
  void stop() {
    broker.stop();
    network.close();
  }

  @Override
  String bootstrapServers() {
    broker.start();
    return broker.getBootstrapServers();
  }

  /** Ends in good order when it is asked to. */
  @Override
  Service run(TopologyFile file, Map<String, Object> settings, Path directory) {
    return new ImageService(image, network, file.name(), INSIDE) {
      @Override
      public void close() {
        assertThat(terminate()).as(log()).isZero();
        assertThat(log()).contains("scenes has ended:").doesNotContain("Exception");
        super.close();
      }
    };
  }

  @Test
  void whoIsStoppedInTheMiddleOfItGoesOnWithoutLossOrRepetition() throws Exception {
    List<Camera> cameras = videos().stream().map(ImageIT::asFastAsItPlays).toList();
    List<ConsumerRecord<String, Caption>> described = new ArrayList<>();
    try (ImageService service = new ImageService(image, network, file.name(), INSIDE);
        KafkaConsumer<String, Caption> captions = consumer(Topic.captions("captions"))) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendUnchecked(cameras));
      await(() -> poll(captions, described) > 0);
      assertThat(service.terminate()).as(service.log()).isZero();
      service.startAgain();
      sent.get();
      await(service::isHealthy);
      await(() -> poll(captions, described) >= STREAMS * SCENES);
      assertThat(service.terminate()).as(service.log()).isZero();
      poll(captions, described);
      assertThat(described).hasSize(STREAMS * SCENES);
      assertThat(described).extracting(record -> record.value().clip()).doesNotHaveDuplicates();
    }
  }

  private void sendUnchecked(List<Camera> cameras) {
    try {
      send(cameras, true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Camera asFastAsItPlays(Camera camera) {
    return new Camera(camera.id(), camera.source(), camera.sampling(), 0, true);
  }
}
