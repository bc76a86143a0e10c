package dev.flamingostreams.plugin;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology in an application of its own, in the JVM of a host whose topology must not change. */
final class Alongside {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopologyFile file;
  private final HostSettings host;
  private final HostModels models;
  private final Consumer<String> output;

  private Alongside(
      TopologyFile file, HostSettings host, HostModels models, Consumer<String> output) {
    this.file = file;
    this.host = host;
    this.models = models;
    this.output = output;
  }

  /** Returns at once. Threads are daemons, as those are that a daemon makes: the host may end. */
  static void start(
      TopologyFile file, HostSettings host, HostModels models, Consumer<String> output) {
    if (file.applicationId().equals(host.applicationId())) {
      throw new GraftException(
          "application-id of %s is %s, as the application's own; change it"
              .formatted(file.file(), file.applicationId()));
    }
    Alongside alongside = new Alongside(file, host, models, output);
    Thread thread = new Thread(alongside::run, "flamingo-alongside-" + file.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      var describer = models.describer(file);
      Topology topology =
          VideoTopology.addTo(new Topology(), file, () -> describer, Ledgers.create());
      KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(file, host.ofClients()));
      streams.setUncaughtExceptionHandler(
          e -> {
            failed(e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(PATIENCE)));
      streams.start();
      output.accept(
          "%s runs alongside %s: it reads topic %s, writes %s"
              .formatted(
                  file.applicationId(),
                  host.applicationId(),
                  file.input().topic(),
                  file.outputs().captions()));
    } catch (Throwable e) { // the thread is ours, and natives fail in many ways
      failed(e);
    }
  }

  private void failed(Throwable e) {
    output.accept("%s has stopped: %s".formatted(file.applicationId(), e));
  }
}
