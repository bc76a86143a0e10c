package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** On the embedded broker. */
class PipelineIT extends PipelineContract {
  private @Nullable EmbeddedBroker broker;

  @Override
  String bootstrapServers() throws IOException {
    EmbeddedBroker started = EmbeddedBroker.temporary();
    broker = started;
    return started.bootstrapServers();
  }

  @Override
  Service run(TopologyFile file, Map<String, Object> kafka, Path directory) {
    return new RunnerService(file, kafka, directory);
  }

  @AfterEach
  void close() throws IOException {
    if (broker != null) {
      broker.close();
    }
  }
}
