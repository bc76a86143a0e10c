package dev.flamingostreams.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StreamBenchIT {
  private final List<String> progress = new ArrayList<>();
  private EmbeddedBroker broker;
  private Map<String, Object> kafka;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.temporary();
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Timeout(300)
  void bothApplicationsMoveEveryRecordAndNothingIsLeftBehind() throws Exception {
    ThroughputPlan plan = ThroughputPlan.defaults().withRecords(200).withRounds(1);

    JsonNode json =
        new JsonMapper().readTree(new ThroughputBench(kafka, plan, progress::add).run());

    assertThat(progress).hasSize(2);
    assertThat(json.path("plain_records_per_s").path("median").asDouble()).isPositive();
    assertThat(json.path("topology_records_per_s").path("median").asDouble()).isPositive();
    assertThat(json.path("ratio").path("median").asDouble()).isPositive();
    try (Admin admin = Admin.create(kafka)) {
      Sandbox.await(() -> topics(admin).stream().noneMatch(name -> name.startsWith("flamingo-b")));
    }
  }

  @Test
  @Timeout(300)
  void windowsThatOverlapEncodeNoFrameTwice() throws Exception {
    JsonNode json;
    try (Models models = new Models(Path.of("src/main/models"), EngineOptions.defaults())) {
      OverlapPlan plan = new OverlapPlan(3, 4, 1);
      json =
          new JsonMapper()
              .readTree(new OverlapBench(kafka, plan, models::describer, progress::add).run());
    }

    assertThat(json.path("side_by_side").path("clips").asInt()).isEqualTo(3);
    assertThat(json.path("overlapping").path("clips").asInt()).isGreaterThanOrEqualTo(9);
    assertThat(json.path("side_by_side").path("frames_encoded").asInt()).isEqualTo(48);
    assertThat(json.path("overlapping").path("frames_encoded").asInt()).isEqualTo(48);
    assertThat(json.path("vision_ratio").path("median").asDouble()).isPositive();
  }

  private static Set<String> topics(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
