package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.agent.hosts.Patterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the agent leaves the host as it is: one line says why, and the host does its work. */
class RefusalIT {
  private static final String OF_AN_OLD_ONE =
      "the host has Kafka Streams 3.8.1, which this agent does not know; nothing is described. It takes 3.9 to 4.3";

  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @Test
  void topicsThatDoNotExist() throws Exception {
    Application missing = new Application(cluster, directory, "missing");
    missing.topology = "alerts: [{name: car, query: car}]";
    assertRefused(
        missing,
        "topology video: no topic alerts at %s; run: flamingo topics %s --create --bootstrap-server %1$s"
            .formatted(cluster.servers(), missing.topologyFile()));
  }

  @Test
  void aTopologyFileThatIsWrong() throws Exception {
    Application wrong = new Application(cluster, directory, "wrong");
    wrong.topology = "clips: {length: 4}";
    assertRefused(wrong, "topology.yaml:4: clips.length: '4' has no unit; write 4s or 4ms");
  }

  @Test
  void aModelThatIsNotWhole() throws Exception {
    Application model = new Application(cluster, directory, "model");
    Path broken = Files.createDirectory(directory.resolve("broken"));
    model.topology = "model: broken";
    assertRefused(model, "model directory %s has no config.json".formatted(broken));
  }

  @Test
  void anInputThatTheHostReadsItself() throws Exception {
    Application reads = new Application(cluster, directory, "reads");
    reads.command.set(4, reads.topic("frames"));
    assertRefused(
        reads,
        "the application reads topic reads-frames itself, and can read it once only; use mode=alongside",
        false);
  }

  @Test
  void topicsThatTheHostReadsByPattern() throws Exception {
    Application pattern = new Application(cluster, directory, "pattern").main(Patterns.class);
    assertRefused(
        pattern,
        "the application reads every topic like pattern-.*, and so pattern-frames; give %s another input topic, or use mode=alongside"
            .formatted(pattern.topologyFile()),
        false);
  }

  @Test
  void aGroupInWhichOthersRunWithoutTheAgent() throws Exception {
    Application mixed = new Application(cluster, directory, "mixed");
    try (HostProcess first = mixed.alone()) {
      first.await("state RUNNING");
      mixed.anotherMachine();
      assertRefused(
          mixed,
          "other instances of mixed run without it; stop all, wait for session.timeout.ms (45 s by default), start each with the agent");
      assertThat(first.text()).doesNotContain("state ERROR");
    }
  }

  @Test
  void aKafkaThatIsNotKnown() throws Exception {
    Application old = new Application(cluster, directory, "old");
    disguise(old);
    assertSays(old, "flamingo: " + OF_AN_OLD_ONE);
  }

  @Test
  void aKafkaThatIsNotKnownStrictlyIsAnErrorOfTheHost() throws Exception {
    Application old = new Application(cluster, directory, "strict-old");
    disguise(old);
    try (HostProcess host = old.withAgent("strict=true")) {
      host.await(
          "Exception in thread \"main\" java.lang.IllegalStateException: flamingo: "
              + OF_AN_OLD_ONE);
      assertThat(host.end()).isEqualTo(1);
    }
  }

  private static void disguise(Application application) throws IOException {
    Path old = application.directory.resolve("old");
    Path version = old.resolve("kafka/kafka-streams-version.properties");
    Files.createDirectories(version.getParent());
    Files.writeString(version, "version=3.8.1\n");
    application.classPath.add(0, old);
  }

  @Test
  void anOptionThatIsNotOne() throws Exception {
    Application option = new Application(cluster, directory, "option");
    cluster.write(option.topic("lines"), List.of("a"));
    try (HostProcess host = option.withAgent("moed=alongside")) {
      assertThat(host.await("flamingo: "))
          .startsWith("flamingo: the agent does nothing: there is no option 'moed'; there are ");
      assertCounts(option, host, Map.of("a", "1"));
    }
  }

  @Test
  void aClusterThatDoesNotAnswer() throws Exception {
    Application nobody = new Application(cluster, directory, "nobody");
    nobody.settings.put("bootstrap.servers", "127.0.0.1:1");
    try (HostProcess host = nobody.withAgent("patience=1s")) {
      assertThat(host.await("flamingo: "))
          .startsWith(
              "flamingo: nobody runs without video description: no broker answers at bootstrap.servers 127.0.0.1:1 within 1 s");
      host.await("state REBALANCING");
    }
  }

  @Test
  void strictlyItIsAnErrorOfTheHost() throws Exception {
    Application strict = new Application(cluster, directory, "strict");
    strict.topology = "model: broken";
    try (HostProcess host = strict.withAgent("strict=true")) {
      host.await(
          "Exception in thread \"main\" java.lang.IllegalStateException: flamingo: strict runs without video description");
      assertThat(host.end()).isEqualTo(1);
    }
  }

  private void assertRefused(Application application, String reason) throws Exception {
    assertRefused(application, reason, true);
  }

  private void assertRefused(Application application, String reason, boolean counts)
      throws Exception {
    String line = application.id + " runs without video description: ";
    cluster.write(application.topic("lines"), List.of("a b a"));
    try (HostProcess host = application.withAgent()) {
      assertThat(host.await("flamingo: ")).startsWith("flamingo: " + line).endsWith(reason);
      host.await("state RUNNING");
      if (counts) {
        assertCounts(application, host, Map.of("a", "2", "b", "1"));
      }
      assertThat(host.said()).hasSize(1);
      assertThat(cluster.internalTopics(application.id)).noneMatch(t -> t.startsWith("-video"));
    }
  }

  private void assertSays(Application application, String line) throws Exception {
    cluster.write(application.topic("lines"), List.of("a b a"));
    try (HostProcess host = application.withAgent()) {
      assertThat(host.await("flamingo: ")).isEqualTo(line);
      assertCounts(application, host, Map.of("a", "2", "b", "1"));
    }
  }
}
