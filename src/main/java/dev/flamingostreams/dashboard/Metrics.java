package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.flamingostreams.schema.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * {@code /metrics} in the text format of Prometheus; src/docs/monitoring.md lists them. Tags are
 * names from topology files and of outcomes; those of streams only of {@code flamingo_stream_lag}
 * and {@code flamingo_stream_silence}, {@value #MOST_STREAMS} at most of each.
 */
public final class Metrics implements Page, AutoCloseable {
  public static final int MOST_STREAMS = 1_000;

  static final String TOPOLOGY = "topology";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EngineMetrics engines = new EngineMetrics(registry);
  private final Deque<Runnable> bound = new ArrayDeque<>();
  private final StreamAges lags;
  private final StreamAges silences;

  public Metrics(Clock clock) {
    lags =
        new StreamAges(
            registry, clock, "lag", "from the end of a camera's last captioned clip until now");
    silences = new StreamAges(registry, clock, "silence", "from a camera's last frame until now");
    JvmGcMetrics collector = new JvmGcMetrics();
    collector.bindTo(registry);
    bound.push(collector::close);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /**
   * Counts what became of everything: {@code flamingo_UNIT_total} by stage and outcome, and what is
   * open. What came in is their sum.
   */
  public void ledgers(String topology, List<Ledger> ledgers) {
    for (Ledger ledger : ledgers) {
      Tags tags = Tags.of(TOPOLOGY, topology, "stage", ledger.stage());
      for (String outcome : ledger.outcomes().keySet()) {
        FunctionCounter.builder("flamingo." + ledger.unit(), ledger, it -> it.of(outcome))
            .description("what became of " + ledger.unit())
            .tags(tags.and("outcome", outcome.replace(' ', '-')))
            .register(registry);
      }
      Gauge.builder("flamingo.%s.open".formatted(ledger.unit()), ledger, Ledger::open)
          .description(ledger.unit() + " that came in and have not ended")
          .tags(tags)
          .register(registry);
    }
  }

  /**
   * The lag of each stream by its own clock, of those whose clock is within a day of this one.
   *
   * @param endMicros end of the last captioned clip, by stream
   */
  public void lags(String topology, Supplier<Map<String, Long>> endMicros) {
    lags.of(topology, endMicros);
  }

  /** Whether the process is at work: 1, or 0 where {@code /health/ready} names a fault. */
  public void ready(Health health) {
    Gauge.builder("flamingo.ready", health, it -> it.ready().ok() ? 1 : 0)
        .description("whether the process is at work")
        .register(registry);
  }

  /**
   * For how long each stream has sent nothing, as of {@link #lags}.
   *
   * @param frameMicros time of the last frame, by stream
   */
  public void silences(String topology, Supplier<Map<String, Long>> frameMicros) {
    silences.of(topology, frameMicros);
  }

  /** The metrics of Kafka Streams and of its clients. */
  public void streams(String topology, KafkaStreams streams) {
    KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams, Tags.of(TOPOLOGY, topology));
    binder.bindTo(registry);
    bound.push(binder::close);
  }

  /** Times of clips and failures of one topology. */
  public ClipTimes clipTimes(String topology) {
    return new ClipTimes(registry, Tags.of(TOPOLOGY, topology));
  }

  /** What the engine of a model does, for all topologies that share it. */
  public void engine(String model, Supplier<EngineFigures> figures) {
    engines.bind(model, figures);
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    Reply.of(200, "text/plain; version=0.0.4; charset=utf-8", scrape().getBytes(UTF_8))
        .send(exchange);
  }

  synchronized String scrape() {
    lags.update();
    silences.update();
    return registry.scrape();
  }

  @Override
  public void close() {
    while (!bound.isEmpty()) {
      bound.pop().run();
    }
    registry.close();
  }
}
