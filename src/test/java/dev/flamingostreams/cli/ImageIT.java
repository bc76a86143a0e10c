package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.Network;
import org.testcontainers.kafka.KafkaContainer;

/** The project's image on Kafka's, as they are deployed. */
class ImageIT extends PipelineContract {
  private static final String INSIDE = "kafka:19092";

  private static Network network;
  private static KafkaContainer kafka;
  private static String image;

  @BeforeAll
  static void start() throws IOException {
    Containers.require();
    image = Containers.image();
    network = Network.newNetwork();
    kafka = new KafkaContainer(Containers.KAFKA).withNetwork(network).withListener(INSIDE);
    kafka.start();
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.stop();
      network.close();
    }
  }

  @Override
  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  /** Ends in good order when it is asked to, with nothing left open. */
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
}
