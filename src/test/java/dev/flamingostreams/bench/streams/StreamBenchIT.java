package dev.flamingostreams.bench.streams;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
        new JsonMapper().readTree(new ThroughputBench(context(() -> false), plan).run());

    assertThat(progress).hasSize(2);
    assertThat(json.path("plain_records_per_s").path("median").asDouble()).isPositive();
    assertThat(json.path("topology_records_per_s").path("median").asDouble()).isPositive();
    assertThat(json.path("ratio").path("median").asDouble()).isPositive();
    assertNothingIsLeft();
  }

  @Test
  @Timeout(300)
  void aMeasurementThatIsStoppedLeavesNothingBehind() throws Exception {
    Set<Path> before = directories();
    ThroughputPlan plan = ThroughputPlan.defaults().withRecords(200).withRounds(100);
    BenchContext stopped = context(() -> !progress.isEmpty());

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> new ThroughputBench(stopped, plan).run());

    assertThat(progress).hasSize(1);
    assertNothingIsLeft();
    assertThat(directories()).isEqualTo(before);
  }

  @Test
  @Timeout(300)
  void windowsThatOverlapEncodeNoFrameTwice() throws Exception {
    JsonNode json;
    try (Models models = new Models(Path.of("src/main/models"), EngineOptions.defaults())) {
      OverlapPlan plan = new OverlapPlan(3, 4, 1);
      json =
          new JsonMapper()
              .readTree(new OverlapBench(context(() -> false), plan, models::describer).run());
    }

    assertThat(json.path("side_by_side").path("clips").asInt()).isEqualTo(3);
    assertThat(json.path("overlapping").path("clips").asInt()).isGreaterThanOrEqualTo(9);
    assertThat(json.path("side_by_side").path("frames_encoded").asInt()).isEqualTo(48);
    assertThat(json.path("overlapping").path("frames_encoded").asInt()).isEqualTo(48);
    assertThat(json.path("vision_ratio").path("median").asDouble()).isPositive();
  }

  @Test
  void nothingIsWaitedForOfAnApplicationThatHasDied() {
    CompletableFuture<Void> life = CompletableFuture.failedFuture(new IOException("no disk"));
    try (Sandbox sandbox = new Sandbox(context(() -> false), 1)) {
      assertThatThrownBy(() -> sandbox.await(life, () -> false)).hasRootCauseMessage("no disk");
    }
  }

  private BenchContext context(BooleanSupplier stopped) {
    return new BenchContext(kafka, progress::add, stopped);
  }

  private void assertNothingIsLeft() {
    try (Admin admin = Admin.create(kafka);
        Sandbox sandbox = new Sandbox(context(() -> false), 1)) {
      sandbox.await(
          new CompletableFuture<>(),
          () -> topics(admin).stream().noneMatch(name -> name.startsWith("flamingo-b")));
    }
  }

  private static Set<Path> directories() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("flamingo-bench-"))
          .collect(toSet());
    }
  }

  private static Set<String> topics(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
