package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.TopologyFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.kafka.KafkaContainer;

/** On the Kafka that its project publishes. */
class KafkaImageIT extends PipelineContract {
  private final KafkaContainer broker = new KafkaContainer(Containers.KAFKA);

  @BeforeAll
  static void engine() {
    Containers.require();
  }

  @Override
  String bootstrapServers() {
    broker.start();
    return broker.getBootstrapServers();
  }

  @Override
  Service run(TopologyFile file, Map<String, Object> settings, Path directory) {
    return new RunnerService(file, settings, directory);
  }

  @AfterEach
  void stop() {
    broker.stop();
  }
}
