package dev.flamingostreams.faults;

import dev.flamingostreams.engine.BatchedModel;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A topology in a JVM of its own: topology file, model, settings as KEY=VALUE. */
final class InstanceProcess {
  /** The default model, on the CPU. */
  static final String REAL = "real";

  /** What a script begins with that the threads of an engine run. */
  static final String IN_ENGINE = "engine:";

  private static final Duration CLIP_TIMEOUT = Duration.ofSeconds(1);

  private InstanceProcess() {}

  public static void main(String[] arguments) throws Exception {
    TopologyFile file = TopologyFile.read(Path.of(arguments[0]));
    Map<String, Object> settings = new HashMap<>();
    Arrays.stream(arguments)
        .skip(2)
        .map(setting -> setting.split("=", 2))
        .forEach(pair -> settings.put(pair[0], pair[1]));
    try (Models models = new Models(Path.of("src/main/models"), EngineOptions.defaults());
        Describer model = model(arguments[1], models, file)) {
      Runner runner = Runner.start(List.of(file), settings, any -> model);
      try {
        watch(runner.started().thenRun(InstanceProcess::sayRunning));
        watch(runner.finished());
        Leash.awaitStop(InstanceProcess::sayHeap);
        sayMeters();
      } finally {
        runner.close(); // commits what the ledgers are about to count
        runner.ledgers().values().iterator().next().all().forEach(System.out::println);
      }
    }
    System.exit(0);
  }

  private static Describer model(String model, Models models, TopologyFile file) {
    if (model.equals(REAL)) {
      return models.describer(file);
    }
    return model.startsWith(IN_ENGINE)
        ? new BatchedModel(
            new ScriptedModel(model.substring(IN_ENGINE.length())),
            CLIP_TIMEOUT,
            () -> System.out.println("session opened"))
        : new ScriptedModel(model);
  }

  private static void sayRunning() {
    sayMeters();
    System.out.println("running");
  }

  private static void sayMeters() {
    System.out.printf(
        "rebalances: %.0f%naborts: %.0f ns%n",
        Meters.sum("kafka.consumer:type=consumer-coordinator-metrics,*", "rebalance-total")
            + Meters.sum(
                "kafka.consumer:type=consumer-coordinator-metrics,*", "failed-rebalance-total"),
        Meters.sum("kafka.producer:type=producer-metrics,*", "txn-abort-time-ns-total"));
  }

  private static void sayHeap() {
    System.gc();
    System.out.printf(
        "heap: %d%n", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static void watch(CompletableFuture<Void> future) {
    CompletableFuture<?> unused =
        future.exceptionally(
            failure -> {
              System.out.println("failed: " + failure);
              if (failure instanceof CompletionException && failure.getCause() != null) {
                failure.getCause().printStackTrace(System.out);
              }
              return null;
            });
  }
}
