package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertClips;
import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts on other versions of Kafka Streams, with the libraries that those bring: the oldest and
 * some later ones in every build, all of them with -Pkafkas. The newest is that of the other tests.
 */
class KafkaVersionsIT {
  private static final String JAVA_25 = "JAVA_VERSION=\"25";

  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @TestFactory
  Stream<DynamicTest> hostsOnEveryKafka() throws IOException {
    return versions().stream()
        .map(
            version ->
                DynamicTest.dynamicTest(version.getFileName().toString(), () -> on(version)));
  }

  @Test
  void theOldestOnJava25() throws Exception {
    Application oldest = of("oldest-25", versions().get(0));
    oldest.java = java25();
    assertWorks(oldest);
  }

  @Test
  void theNewestOnJava25() throws Exception {
    Application newest = new Application(cluster, directory, "newest-25");
    newest.java = java25();
    assertWorks(newest);
  }

  private void on(Path version) throws Exception {
    assertWorks(of("on-" + version.getFileName(), version));
  }

  private Application of(String id, Path version) throws Exception {
    Application application = new Application(cluster, directory.resolve(id), id);
    application.classPath.clear();
    application.classPath.add(Application.classes());
    application.classPath.addAll(list(version));
    return application;
  }

  private static void assertWorks(Application application) throws Exception {
    cluster.write(application.topic("lines"), List.of("a b a"));
    cluster.play(application.topic("frames"), "gate", 0, 10);
    try (HostProcess host = application.withAgent()) {
      assertCounts(application, host, Map.of("a", "2", "b", "1"));
      assertClips(application, host, 2);
      assertThat(host.stop()).as(host::text).isEqualTo(143);
      assertThat(host.said()).as(host::text).hasSize(1);
    }
  }

  /** The oldest first. */
  private static List<Path> versions() throws IOException {
    List<Path> versions = list(Path.of(System.getProperty("kafka.versions")));
    assertThat(versions).hasSizeGreaterThanOrEqualTo(2);
    return versions;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** JAVA25_HOME, or one that lies beside the Java that runs this. */
  private static Path java25() throws IOException {
    List<Path> candidates = new ArrayList<>();
    Optional.ofNullable(System.getenv("JAVA25_HOME")).map(Path::of).ifPresent(candidates::add);
    candidates.addAll(list(Path.of(System.getProperty("java.home")).toRealPath().resolve("..")));
    Optional<Path> found =
        candidates.stream().filter(KafkaVersionsIT::isJava25).map(Path::normalize).findFirst();
    assumeTrue(found.isPresent(), "there is no Java 25: set JAVA25_HOME");
    return found.orElseThrow();
  }

  private static boolean isJava25(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains(JAVA_25);
    } catch (IOException e) {
      return false;
    }
  }
}
