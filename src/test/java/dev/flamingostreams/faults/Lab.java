package dev.flamingostreams.faults;

import dev.flamingostreams.cli.EmbeddedBroker;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test of faults needs: a directory under target, a broker, instances. When the test is over
 * all processes are gone; when it failed, the ends of what they wrote are shown.
 */
final class Lab implements BeforeEachCallback, AfterEachCallback {
  private static final int SHOWN_LINES = 60;
  private static final Map<String, String> QUICK_REBALANCES =
      Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "500");

  private final List<Instance> instances = new ArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private Path directory = Path.of("");
  private String servers = "";

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory =
        Path.of(
                "target",
                "faults",
                context.getRequiredTestClass().getSimpleName(),
                context.getRequiredTestMethod().getName())
            .toAbsolutePath();
    delete(directory);
    Files.createDirectories(directory);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    instances.forEach(Instance::close);
    for (int i = toClose.size() - 1; i >= 0; i--) {
      toClose.get(i).close();
    }
    if (context.getExecutionException().isPresent()) {
      instances.forEach(Lab::show);
    } else {
      deleteState();
    }
  }

  private void deleteState() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isDirectory).toList()) {
        delete(file);
      }
    }
  }

  /** A broker in this JVM. */
  void startBroker() {
    try {
      servers = closing(EmbeddedBroker.in(directory.resolve("broker"))).bootstrapServers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A broker in a JVM of its own, to be stopped and started on the same directory and port. */
  BrokerRuns forkBroker() {
    BrokerRuns broker = closing(new BrokerRuns(directory, freePort()));
    servers = broker.servers();
    broker.start();
    return broker;
  }

  String servers() {
    return servers;
  }

  Path directory() {
    return directory;
  }

  /** Writes a topology file and creates its topics. */
  TopologyFile topology(String text, int partitions) {
    return topology("topology", text, partitions);
  }

  TopologyFile topology(String name, String text, int partitions) {
    try {
      Path path = Files.writeString(directory.resolve(name + ".yaml"), text);
      TopologyFile file = TopologyFile.read(path);
      try (Cluster cluster = Cluster.connect(Map.of("bootstrap.servers", servers))) {
        cluster.create(TopicPlan.of(file), Optional.of(partitions), Optional.of((short) 1));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param settings of Kafka Streams, as KEY=VALUE
   */
  Instance instance(String name, TopologyFile file, String... settings) {
    Map<String, String> all = new TreeMap<>(QUICK_REBALANCES);
    all.put("bootstrap.servers", servers);
    all.put("state.dir", directory.resolve("state-" + name).toString());
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      all.put(pair[0], pair[1]);
    }
    Instance instance = new Instance(name, file, directory, all);
    instances.add(instance);
    return instance;
  }

  <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void show(Instance instance) {
    for (Path file : instance.files()) {
      try (Stream<String> lines = Files.lines(file)) {
        List<String> all = lines.toList();
        System.out.println("---- the end of " + file);
        all.stream().skip(Math.max(0, all.size() - SHOWN_LINES)).forEach(System.out::println);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
