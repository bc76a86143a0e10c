package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.engine.Describer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A topology in an application of its own, in the JVM of a host whose topology must not change. */
final class Alongside {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(3);

  private final TopologyFile file;
  private final HostSettings host;
  private final Consumer<String> output;

  Alongside(TopologyFile file, HostSettings host, Consumer<String> output) {
    this.file = file;
    this.host = host;
    this.output = output;
  }

  /** An application that has been started. */
  record Running(KafkaStreams streams, Landing landing) {

    /** No clip that is in flight is to be blamed for the host's end. */
    @SuppressWarnings("deprecation") // the newer CloseOptions are not there in a host's Kafka 3.9
    void stop() {
      if (streams.state().isRunningOrRebalancing()) {
        landing.bringDown(IN_FLIGHT);
      }
      streams.close(new KafkaStreams.CloseOptions().timeout(PATIENCE).leaveGroup(true));
    }
  }

  /** Returns at once. Threads are daemons, as those are that a daemon makes: the host may end. */
  void start(Function<TopologyFile, ? extends Describer> describers) {
    if (file.applicationId().equals(host.applicationId())) {
      throw new GraftException(
          "application-id of %s is %s, as the application's own; change it"
              .formatted(file.file(), file.applicationId()));
    }
    Thread thread =
        new Thread(() -> runUntilTheEnd(describers), "flamingo-alongside-" + file.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void runUntilTheEnd(Function<TopologyFile, ? extends Describer> describers) {
    try {
      Running running = run(describers.apply(file));
      Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "flamingo-stop"));
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

  Running run(Describer describer) {
    Landing landing = new Landing();
    Topology topology =
        VideoTopology.addTo(
            new Topology(), file, () -> describer, Ledgers.create(), landing, Guard.NONE);
    KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(file, host.ofClients()));
    streams.setUncaughtExceptionHandler(
        e -> {
          failed(e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return new Running(streams, landing);
  }

  private void failed(Throwable e) {
    output.accept("%s has stopped: %s".formatted(file.applicationId(), e));
  }
}
