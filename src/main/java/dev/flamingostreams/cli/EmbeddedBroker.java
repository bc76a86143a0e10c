package dev.flamingostreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker and its controller inside this process: loopback only, on ports that the operating
 * system picks, quick to start. For demonstrations and tests; it has no replicas and no security.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String HOST = "127.0.0.1";

  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private final Optional<Path> toDelete;

  private EmbeddedBroker(
      Path directory, int port, Optional<Path> toDelete, Map<String, String> more)
      throws IOException {
    this.toDelete = toDelete;
    format(directory);
    Properties settings = BrokerSettings.in(directory, port);
    settings.putAll(more);
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    CompletableFuture<Map<Integer, InetSocketAddress>> voters = new CompletableFuture<>();
    shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            voters,
            List.of(),
            (name, fatal, action) -> EmbeddedBroker::report,
            ServerSocketFactory.INSTANCE);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
    broker = new BrokerServer(shared);
    // the quorum is this controller, wherever it comes to listen
    var unused =
        controller
            .socketServerFirstBoundPortFuture()
            .thenAccept(bound -> voters.complete(Map.of(BrokerSettings.NODE, loopback(bound))));
  }

  /** Starts a broker whose data is deleted when it is closed. */
  public static EmbeddedBroker temporary() throws IOException {
    Path directory = Files.createTempDirectory("flamingo-broker");
    return start(directory, 0, Optional.of(directory), Map.of());
  }

  /** Starts a broker on a directory, empty or left by an earlier one. */
  public static EmbeddedBroker in(Path directory) throws IOException {
    return in(directory, 0);
  }

  /** The same, where clients look for it: for one that is to be started again. */
  public static EmbeddedBroker in(Path directory, int port) throws IOException {
    return start(Files.createDirectories(directory), port, Optional.empty(), Map.of());
  }

  /** The same with settings of the broker that go before ours. */
  public static EmbeddedBroker in(Path directory, Map<String, String> settings) throws IOException {
    return start(Files.createDirectories(directory), 0, Optional.empty(), settings);
  }

  private static EmbeddedBroker start(
      Path directory, int port, Optional<Path> toDelete, Map<String, String> more)
      throws IOException {
    EmbeddedBroker embedded = new EmbeddedBroker(directory, port, toDelete, more);
    try {
      embedded.controller.startup();
      embedded.broker.startup();
      return embedded;
    } catch (RuntimeException e) {
      embedded.close();
      throw e;
    }
  }

  /** Host and port for clients. */
  public String bootstrapServers() {
    return HOST + ":" + broker.boundPort(new ListenerName(BrokerSettings.CLIENTS));
  }

  /** Stops broker and controller. */
  @Override
  public void close() throws IOException {
    broker.shutdown();
    controller.shutdown();
    shared.stopForController();
    if (toDelete.isPresent()) {
      Directories.delete(toDelete.get());
    }
  }

  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    Formatter formatter = new Formatter();
    formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    formatter.setNodeId(BrokerSettings.NODE);
    formatter.setClusterId(Uuid.randomUuid().toString());
    formatter.addDirectory(directory.toString());
    formatter.setMetadataLogDirectory(directory.toString());
    formatter.setControllerListenerName(BrokerSettings.CONTROLLER);
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IOException("cannot prepare " + directory + " for a broker: " + e.getMessage(), e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static RuntimeException report(String message, Throwable cause) {
    LOG.error("embedded broker: {}", message, cause);
    return new IllegalStateException(message, cause);
  }
}
