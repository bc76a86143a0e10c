package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
  @TempDir Path directory;

  @Test
  void settingsAreExactlyOnceUnlessTheCallerSaysOtherwise() throws IOException {
    TopologyFile file = file("yard", "name: yard");

    Properties settings = StreamsSettings.of(file, Map.of("bootstrap.servers", "b:1"));
    assertThat(settings)
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("commit.interval.ms", 1_000)
        .containsEntry("application.id", "flamingo-yard")
        .containsEntry("producer.max.request.size", 2 << 20)
        .containsEntry("producer.buffer.memory", 64L << 20)
        .containsEntry("bootstrap.servers", "b:1");
    assertThat(
            StreamsSettings.of(
                file, Map.of("processing.guarantee", "at_least_once", "client.id", "c")))
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("client.id", "c");
  }

  @Test
  void largeFramesGetLargeRequests() throws IOException {
    TopologyFile file = file("yard", "name: yard\ninput: {max-bytes: 10MB}");

    assertThat(StreamsSettings.of(file, Map.of()))
        .containsEntry("producer.max.request.size", (10 << 20) + (64 << 10));
    TopologyFile larger = file("larger", "name: yard\ninput: {max-bytes: 100MB}");
    assertThat(Runner.settings(larger, Map.of()))
        .as("a producer must hold a record as a whole")
        .containsEntry("producer.buffer.memory", 2 * ((100L << 20) + (64 << 10)));
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    TopologyFile file = file("a", "name: yard");
    TopologyFile twin = file("b", "name: yard");

    assertThatThrownBy(
            () -> Runner.start(List.of(file, twin), Map.of(), f -> new FakeDescriber(-1)))
        .isInstanceOf(TopologyException.class)
        .hasMessage(twin.file() + ":1: name: 'yard' is taken by another file; rename one");
  }

  @Test
  void aBrokerThatIsNotNamedIsAskedFor() {
    assertThatThrownBy(() -> Cluster.connect(Map.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessage("bootstrap.servers is not set; name a broker, such as localhost:9092");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamedInOneLine() throws IOException {
    String nobody = "127.0.0.1:" + freePort();

    assertThatThrownBy(
            () -> Cluster.connect(Map.of("bootstrap.servers", nobody), Duration.ofSeconds(1)))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "no broker answers at bootstrap.servers %s within 1 s; check the address and that the"
                    .formatted(nobody)
                + " broker runs");
  }

  @Test
  void anAddressThatIsNoneIsNamedInOneLine() {
    assertThatThrownBy(() -> Cluster.connect(Map.of("bootstrap.servers", "nonsense")))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("cannot connect to bootstrap.servers nonsense: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void topicsArePlannedForTheirRecords() throws IOException {
    TopologyFile file = file("yard", "name: yard\nalerts: [{name: a, query: car}]");

    assertThat(TopicPlan.of(file))
        .extracting(TopicPlan::name, TopicPlan::maxBytes)
        .map(Object::toString)
        .containsExactly(
            "(\"frames\", 1048576)",
            "(\"captions\", 1048576)",
            "(\"alerts\", 1048576)",
            "(\"dead-letters\", 1114112)");
    assertThat(TopicPlan.of(file("none", "name: none"))).hasSize(3);
  }

  @Test
  void aTopicThatCannotHoldItsRecordsIsReportedWithTheFix() throws IOException {
    TopologyFile file = file("yard", "name: yard");
    TopicPlan plan = new TopicPlan("captions", "captions", 1_000, Map.of());
    TopicState small =
        new TopicState("captions", 1, 1, Optional.empty(), Map.of("max.message.bytes", "999"));
    TopicState large =
        new TopicState("frames", 1, 1, Optional.empty(), Map.of("max.message.bytes", "2097152"));

    assertThat(large.problems(TopicPlan.of(file).get(0), file))
        .containsExactly(
            "topic frames takes records of 2097152 bytes, more than input.max-bytes of %s; raise"
                    .formatted(file.file())
                + " that to 2048KB");
    assertThat(small.problems(plan, file))
        .containsExactly(
            "topic captions: max.message.bytes is 999, but captions need 1000; raise it"
                + " (kafka-configs --alter)");
  }

  @Test
  void aMissingRightIsNamed() throws IOException {
    TopologyFile file = file("yard", "name: yard");
    TopicState locked =
        new TopicState("frames", 1, 1, Optional.of(Set.of(AclOperation.DESCRIBE)), Map.of());

    assertThat(locked.problems(TopicPlan.of(file).get(0), file))
        .containsExactly("topic frames: no right to READ; have it granted to this user");
  }

  @Test
  void whoOnlyReadsNeedsNoOtherRight() {
    TopicState readable =
        new TopicState("captions", 1, 1, Optional.of(Set.of(AclOperation.READ)), Map.of());
    TopicState writable =
        new TopicState("captions", 1, 1, Optional.of(Set.of(AclOperation.WRITE)), Map.of());

    assertThat(readable.unreadable()).isEmpty();
    assertThat(writable.unreadable())
        .containsExactly("topic captions: no right to READ; have it granted to this user");
  }

  private TopologyFile file(String name, String text) throws IOException {
    return TopologyFile.read(Files.writeString(directory.resolve(name + ".yaml"), text));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
