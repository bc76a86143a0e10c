package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.engine.Describer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * Runs topologies on a cluster, each as an application of its own. Describers are the caller's: the
 * runner never closes one.
 */
public final class Runner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(3);

  /** One topology that runs. */
  private record Running(
      TopologyFile file, Ledgers ledgers, Landing landing, KafkaStreams streams) {}

  private final List<Running> running = new ArrayList<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  private Runner() {}

  /**
   * Checks the cluster, then starts every topology.
   *
   * @param properties any setting of Kafka Streams and its clients; {@code bootstrap.servers} is
   *     needed
   * @param describers gives each file the model that describes its clips
   * @throws ClusterException if the cluster cannot be used; nothing has been started then
   */
  public static Runner start(
      List<TopologyFile> files,
      Map<String, ?> properties,
      Function<TopologyFile, ? extends Describer> describers) {
    refuseTwins(files);
    try (Cluster cluster = Cluster.connect(properties)) {
      files.forEach(cluster::check);
    }
    Runner runner = new Runner();
    try {
      files.forEach(file -> runner.add(file, properties, describers.apply(file)));
      runner.running.forEach(one -> one.streams().start());
      return runner;
    } catch (RuntimeException e) {
      runner.close();
      throw e;
    }
  }

  /** Completes when every topology has its partitions. */
  public CompletableFuture<Void> started() {
    return started;
  }

  /** Fails with a one-line message when a topology has died; completes when the runner closes. */
  public CompletableFuture<Void> finished() {
    return failure;
  }

  /** The accounts of each topology, by its name. */
  public Map<String, Ledgers> ledgers() {
    Map<String, Ledgers> ledgers = new LinkedHashMap<>();
    running.forEach(one -> ledgers.put(one.file().name(), one.ledgers()));
    return ledgers;
  }

  /** What runs, by the names of the topologies; to be watched, not closed. */
  public Map<String, KafkaStreams> streams() {
    Map<String, KafkaStreams> streams = new LinkedHashMap<>();
    running.forEach(one -> streams.put(one.file().name(), one.streams()));
    return streams;
  }

  /**
   * Waits for clips in flight, a few seconds at most, commits what is finished and leaves the
   * group.
   */
  @Override
  public void close() {
    running.parallelStream()
        .filter(one -> one.streams().state().isRunningOrRebalancing())
        .forEach(one -> one.landing().bringDown(IN_FLIGHT));
    running.forEach(one -> one.streams().close(leaving()));
    started.cancel(false);
    failure.complete(null);
  }

  // A member that stays would hold its partitions until its session times out.
  private static CloseOptions leaving() {
    return CloseOptions.timeout(PATIENCE)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }

  /** What a topology runs with, unless {@code properties} say otherwise. */
  public static Properties settings(TopologyFile file, Map<String, ?> properties) {
    return StreamsSettings.of(file, properties);
  }

  private static void refuseTwins(List<TopologyFile> files) {
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (TopologyFile file : files) {
      if (!names.add(file.name())) {
        throw new TopologyException(
            List.of(
                "%s:1: name: '%s' is taken by another file; rename one"
                    .formatted(file.file(), file.name())));
      }
      if (!ids.add(file.applicationId())) {
        throw new TopologyException(
            List.of(
                "%s:1: application-id: '%s' is taken by another file; change one"
                    .formatted(file.file(), file.applicationId())));
      }
    }
  }

  private void add(TopologyFile file, Map<String, ?> properties, Describer describer) {
    Ledgers ledgers = Ledgers.create();
    Landing landing = new Landing();
    Topology topology =
        VideoTopology.addTo(new Topology(), file, () -> describer, ledgers, landing, Guard.NONE);
    KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(file, properties));
    streams.setUncaughtExceptionHandler(
        e -> {
          failed(file, e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            startedIfAll();
          } else if (now == KafkaStreams.State.ERROR) {
            failed(file, new IllegalStateException("Kafka Streams is in state ERROR"));
          }
        });
    running.add(new Running(file, ledgers, landing, streams));
  }

  private void startedIfAll() {
    if (running.stream().allMatch(one -> one.streams().state() == KafkaStreams.State.RUNNING)) {
      started.complete(null);
    }
  }

  private void failed(TopologyFile file, Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    ClusterException line =
        new ClusterException(
            "topology %s has stopped: %s: %s%s"
                .formatted(
                    file.name(), root.getClass().getSimpleName(), root.getMessage(), fix(root)),
            e);
    failure.completeExceptionally(line);
    started.completeExceptionally(line);
  }

  private static String fix(Throwable root) {
    return String.valueOf(root.getMessage()).contains("No space left on device")
        ? "; make room, or name another state.dir"
        : "";
  }
}
