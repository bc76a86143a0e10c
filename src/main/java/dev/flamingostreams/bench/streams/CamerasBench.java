package dev.flamingostreams.bench.streams;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Whether a number of live cameras is kept up with, and how long after a window is due (its end and
 * the grace) a read-committed consumer has its caption. Cameras, broker, topology and consumer are
 * all on this machine and in this process.
 */
public final class CamerasBench {
  static final int WINDOW_SECONDS = 4;

  private static final int WARM_UP_WINDOWS = 2;
  private static final int PARTITIONS = 4;
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final BenchContext context;
  private final CamerasPlan plan;
  private final Function<TopologyFile, Describer> models;

  /**
   * @param models that describe; the caller closes them
   */
  public CamerasBench(
      BenchContext context, CamerasPlan plan, Function<TopologyFile, Describer> models) {
    this.context = context;
    this.plan = plan;
    this.models = models;
  }

  /** One line of JSON: the cameras' windows spread, then all of them aligned. */
  public String run() {
    Film film = new Film(plan);
    ObjectNode all = JSON.createObjectNode();
    all.put("bench", "cameras").put("cpus", Runtime.getRuntime().availableProcessors());
    all.put("cameras", plan.cameras()).put("rate", plan.rate()).put("seconds", plan.seconds());
    try (Sandbox sandbox = new Sandbox(context, PARTITIONS)) {
      all.set("spread", watch(sandbox, film, true));
      all.set("aligned", watch(sandbox, film, false));
    }
    return all.toString();
  }

  private ObjectNode watch(Sandbox sandbox, Film film, boolean spread) {
    String name = spread ? "spread" : "aligned";
    context.tell("%d cameras, %s, for %d s".formatted(plan.cameras(), name, plan.seconds()));
    String input = sandbox.name(name + "-frames");
    TopologyFile file =
        sandbox.topology(
            name,
            input,
            "clips: {length: %ds, rate: %d/s, grace: %dms}"
                .formatted(WINDOW_SECONDS, plan.rate(), GRACE.toMillis()));
    try (Describer describer = models.apply(file);
        Runner runner = Runner.start(List.of(file), sandbox.settings(), any -> describer)) {
      sandbox.await(runner.finished(), runner.started()::isDone);
      try (Filming filming =
          new Filming(over -> film.run(sandbox.settings(), input, spread, over))) {
        filming.start();
        return report(watch(sandbox, runner.finished(), file));
      }
    } finally {
      sandbox.delete(name);
    }
  }

  /** Of every window that is due before the last frame. */
  private int expected() {
    double graceAndStep = GRACE.toMillis() / 1e3 + 1.0 / plan.rate();
    return plan.cameras() * (int) ((plan.seconds() - graceAndStep) / WINDOW_SECONDS);
  }

  private Latencies watch(Sandbox sandbox, CompletableFuture<Void> life, TopologyFile file) {
    Topic<String, Caption> topic = Topic.captions(file.outputs().captions());
    Map<String, Object> settings = new HashMap<>(sandbox.settings());
    settings.put("isolation.level", "read_committed");
    Latencies latencies = new Latencies(WARM_UP_WINDOWS);
    try (KafkaConsumer<String, Caption> consumer =
        new KafkaConsumer<>(
            settings, topic.keySerde().deserializer(), topic.valueSerde().deserializer())) {
      consumer.assign(sandbox.partitions(topic.name()));
      consumer.seekToBeginning(consumer.assignment());
      long end = nowMicros() + micros(Duration.ofSeconds(plan.seconds()).plus(PATIENCE));
      while (latencies.captions() < expected() && nowMicros() < end) {
        sandbox.goOn(life);
        for (ConsumerRecord<String, Caption> record : consumer.poll(POLL)) {
          Caption caption = record.value();
          latencies.seen(caption, nowMicros() - caption.endMicros() - micros(GRACE));
        }
      }
    }
    return latencies;
  }

  private ObjectNode report(Latencies latencies) {
    ObjectNode report = JSON.createObjectNode();
    report.put("captions", latencies.captions());
    report.put("missing", expected() - latencies.captions());
    latencies.write(report);
    return report;
  }

  static long nowMicros() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
