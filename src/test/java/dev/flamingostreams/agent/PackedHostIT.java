package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertClips;
import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.agent.hosts.Engines;
import dev.flamingostreams.agent.hosts.Libraries;
import dev.flamingostreams.agent.hosts.WordCount;
import dev.flamingostreams.cli.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts packed in other ways, with libraries of their own, and with other agents. */
class PackedHostIT {
  private static final Path LIBRARIES = Path.of(System.getProperty("host.libraries"));
  private static final Map<String, String> QUIET =
      Map.of(
          "otel.traces.exporter", "none",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @Test
  void allInOneJar() throws Exception {
    Application fat = new Application(cluster, directory, "fat");
    Path jar = Jars.fat(directory.resolve("fat.jar"), fat.classPath, WordCount.class);
    assertWorks(runFrom(fat, jar));
  }

  @Test
  void jarsInAJarAsSpringBootHasThem() throws Exception {
    Application nested = new Application(cluster, directory, "nested");
    nested.settings.put("ssl.engine.factory.class", Engines.class.getName());
    Path loader = list("packers").get(0);
    Path jar =
        Jars.nested(directory.resolve("nested.jar"), loader, nested.classPath, WordCount.class);
    assertWorks(runFrom(nested, jar));
  }

  @Test
  void otherVersionsOfOurLibraries() throws Exception {
    Application conflicts = new Application(cluster, directory, "conflicts").main(Libraries.class);
    conflicts.classPath.clear();
    conflicts.classPath.add(Application.classes());
    conflicts.classPath.addAll(list("conflicts"));
    conflicts.classPath.addAll(
        Application.libraries(List.of("kafka-streams-4", "kafka-clients", "rocksdbjni")));
    cluster.write(conflicts.topic("lines"), List.of("a b a"));
    cluster.play(conflicts.topic("frames"), "gate", 0, 10);
    try (HostProcess host = conflicts.withAgent()) {
      assertCounts(conflicts, host, Map.of("a", "2", "b", "1"));
      assertClips(conflicts, host, 2);
      int before = host.lines().size();
      host.type("again");
      host.await("offline null");
      List<String> after = host.lines().subList(before, host.lines().size());
      for (List<String> lines : List.of(host.lines().subList(0, before), after)) {
        assertThat(lines)
            .contains(
                "{a=1} {a=1} Object",
                "logs to ch.qos.logback.classic.LoggerContext",
                "library jackson-databind-2.13.5.jar",
                "library jackson-dataformat-cbor-2.13.5.jar",
                "library snakeyaml-1.33.jar",
                "library lucene-core-8.11.4.jar",
                "library lucene-monitor-8.11.4.jar",
                "library byte-buddy-1.12.23.jar",
                "library api-0.26.0.jar",
                "library javacv-1.5.9.jar",
                "library javacpp-1.5.9.jar");
      }
      assertThat(host.said()).hasSize(1);
    }
  }

  @Test
  void behindTheAgentOfOpenTelemetry() throws Exception {
    Application second = new Application(cluster, directory, "second");
    second.agentsBefore.add("-javaagent:" + list("agents").get(0));
    QUIET.forEach((key, value) -> second.jvmOptions.add("-D" + key + "=" + value));
    assertWorks(second);
  }

  @Test
  void beforeTheAgentOfOpenTelemetry() throws Exception {
    Application first = new Application(cluster, directory, "first");
    first.jvmOptions.add("-javaagent:" + list("agents").get(0));
    QUIET.forEach((key, value) -> first.jvmOptions.add("-D" + key + "=" + value));
    assertWorks(first);
  }

  @Test
  void aClusterThatSpeaksTls() throws Exception {
    Stores stores = Stores.make(directory);
    try (EmbeddedBroker broker =
            EmbeddedBroker.in(directory.resolve("broker"), stores.brokerSettings());
        Cluster tls = new Cluster(broker, stores.clientSettings())) {
      assertWorks(new Application(tls, directory, "tls"));
    }
  }

  private static Application runFrom(Application application, Path jar) {
    application.command.subList(0, 3).clear();
    application.command.addAll(0, List.of("-jar", jar.toString()));
    return application;
  }

  private static void assertWorks(Application application) throws Exception {
    application.cluster.write(application.topic("lines"), List.of("a b a"));
    application.cluster.play(application.topic("frames"), "gate", 0, 10);
    try (HostProcess host = application.withAgent()) {
      assertCounts(application, host, Map.of("a", "2", "b", "1"));
      assertClips(application, host, 2);
      assertThat(host.said()).as(host::text).singleElement().asString().contains("describes video");
    }
  }

  private static List<Path> list(String kind) throws IOException {
    try (Stream<Path> files = Files.list(LIBRARIES.resolve(kind))) {
      return files.sorted().toList();
    }
  }
}
