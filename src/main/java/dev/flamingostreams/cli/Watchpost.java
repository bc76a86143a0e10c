package dev.flamingostreams.cli;

import dev.flamingostreams.dashboard.Accounts;
import dev.flamingostreams.dashboard.Board;
import dev.flamingostreams.dashboard.BrokerCheck;
import dev.flamingostreams.dashboard.EngineFigures;
import dev.flamingostreams.dashboard.Health;
import dev.flamingostreams.dashboard.Health.Check;
import dev.flamingostreams.dashboard.Metrics;
import dev.flamingostreams.dashboard.Spectator;
import dev.flamingostreams.dashboard.Watched;
import dev.flamingostreams.dashboard.WebServer;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Ledger;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process that runs topologies shows of itself over HTTP: health from its start on, metrics,
 * and the dashboard if it is asked for.
 */
final class Watchpost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchpost.class);
  private static final long MOST_FRAME_BYTES = 128L << 20;

  private final Health health = new Health();
  private final Metrics metrics = new Metrics(Clock.systemUTC());
  private final Map<String, List<Ledger>> ledgers = new ConcurrentHashMap<>();
  private final Map<String, KafkaStreams> streams = new ConcurrentHashMap<>();
  private final Set<String> loaded = ConcurrentHashMap.newKeySet();
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final List<TopologyFile> files;
  private final Map<String, ?> kafka;
  private final Optional<WebServer> server;

  private Watchpost(List<TopologyFile> files, Map<String, ?> kafka, Optional<WebServer> server) {
    this.files = files;
    this.kafka = kafka;
    this.server = server;
  }

  /**
   * Serves health and metrics; the topologies are yet to come.
   *
   * @param server closed with this; without one this does nothing
   */
  static Watchpost open(
      Optional<WebServer> server, List<TopologyFile> files, Map<String, ?> kafka) {
    Watchpost post = new Watchpost(files, kafka, server);
    post.open.push(post.metrics::close);
    post.metrics.ready(post.health);
    files.forEach(post::check);
    server.ifPresent(post::serve);
    return post;
  }

  private void serve(WebServer web) {
    BrokerCheck broker = BrokerCheck.start(kafka);
    open.push(broker::close);
    health.ready(broker);
    web.with(health).with(metrics);
    open.push(web::close);
  }

  /** Serves the dashboard too; at that address. */
  Optional<String> dashboard() {
    server.ifPresent(
        web -> {
          Board board = board(files);
          Accounts accounts = new Accounts(ledgers);
          Spectator spectator = Spectator.start(watched(files), kafka, board, accounts);
          open.push(spectator::close);
          tellEnd(spectator.ended());
          web.with(board, accounts, health);
        });
    return server.map(WebServer::address);
  }

  private static void tellEnd(CompletableFuture<Void> ended) {
    CompletableFuture<?> unused =
        ended.whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOG.warn("the dashboard shows nothing new any more: {}", Failures.line(failure));
              }
            });
  }

  /** Describers that are measured. */
  Function<TopologyFile, Describer> measured(
      Function<TopologyFile, ? extends Describer> describers) {
    return file -> {
      Describer describer =
          new MeasuredDescriber(describers.apply(file), metrics.clipTimes(file.name()));
      loaded.add(file.name());
      return describer;
    };
  }

  /** From now on there is something to count. */
  void watch(Runner runner, Models models) {
    for (String model : models.usage().keySet()) {
      metrics.engine(model, () -> figures(models.usage().getOrDefault(model, EngineUsage.NONE)));
    }
    runner
        .ledgers()
        .forEach(
            (name, of) -> {
              ledgers.put(name, of.all());
              metrics.ledgers(name, of.all());
              metrics.lags(name, of.captioned()::micros);
              metrics.silences(name, of.seen()::micros);
            });
    runner.streams().forEach(metrics::streams);
    streams.putAll(runner.streams());
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }

  static Board board(List<TopologyFile> files) {
    long bytes = Math.min(MOST_FRAME_BYTES, Runtime.getRuntime().maxMemory() / 8);
    return new Board(files.stream().map(TopologyFile::name).toList(), bytes, Clock.systemUTC());
  }

  static List<Watched> watched(List<TopologyFile> files) {
    return files.stream().map(Watchpost::watched).toList();
  }

  private static Watched watched(TopologyFile file) {
    return new Watched(
        file.name(),
        file.input().topic(),
        file.input().streams(),
        file.outputs().captions(),
        file.rules().isEmpty() ? null : file.outputs().alerts(),
        file.outputs().deadLetters());
  }

  private static EngineFigures figures(EngineUsage usage) {
    return new EngineFigures(
        usage.framesAsked(),
        usage.framesFromCache(),
        usage.framesEncoded(),
        usage.preparedDropped(),
        usage.cacheBytes(),
        usage.cacheMaxBytes(),
        usage.clips(),
        usage.batchesBySize());
  }

  private void check(TopologyFile file) {
    String name = file.name();
    health.live(Check.of("topology " + name, () -> dead(streams.get(name))));
    health.ready(
        Check.of(
            "model of " + name,
            () -> loaded.contains(name) ? Optional.empty() : Optional.of("is being loaded")));
    health.ready(Check.of("topology " + name, () -> idle(streams.get(name))));
  }

  private static Optional<String> dead(@Nullable KafkaStreams streams) {
    return streams != null && streams.state() == KafkaStreams.State.ERROR
        ? Optional.of("Kafka Streams is in state ERROR")
        : Optional.empty();
  }

  private static Optional<String> idle(@Nullable KafkaStreams streams) {
    if (streams == null) {
      return Optional.of("has not been started");
    }
    return streams.state() == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("Kafka Streams is in state " + streams.state());
  }
}
