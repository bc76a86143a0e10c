package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertClips;
import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several instances of an application, with and without the agent. */
class RollingIT {
  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void turnedOnInOneOfTwoItSaysHowToDoItAndTheHostIsWell(String protocol) throws Exception {
    Application application = new Application(cluster, directory, "on-" + protocol);
    application.protocol(protocol);
    try (HostProcess first = application.alone()) {
      first.await("state RUNNING");
      application.anotherMachine();
      try (HostProcess second = application.withAgent()) {
        assertThat(second.await("flamingo: "))
            .endsWith(
                protocol.equals("streams")
                    ? "group.protocol=streams does not let a topology change; use mode=alongside"
                    : "stop all, wait for session.timeout.ms (45 s by default), start each with the agent");
        second.await("state RUNNING");
        cluster.write(application.topic("lines"), List.of("a b a"));
        assertCounts(application, second, Map.of("a", "2", "b", "1"));
        assertWell(first, second);
      }
    }
  }

  @Test
  void turnedOnAfterAllHaveStoppedItDescribes() throws Exception {
    Application application = new Application(cluster, directory, "after");
    cluster.write(application.topic("lines"), List.of("a b a"));
    cluster.play(application.topic("frames"), "gate", 0, 10);
    try (HostProcess alone = application.alone()) {
      assertCounts(application, alone, Map.of("a", "2", "b", "1"));
      alone.stop();
    }
    cluster.write(application.topic("lines"), List.of("a"));
    try (HostProcess host = application.withAgent("wait-for-group=1m")) {
      assertCounts(application, host, Map.of("a", "3", "b", "1"));
      assertClips(application, host, 2);
      assertWell(host);
    }
  }

  @Test
  void aSecondInstanceWithTheAgentShares() throws Exception {
    Application application = new Application(cluster, directory, "both");
    try (HostProcess first = application.withAgent()) {
      first.await("state RUNNING");
      application.anotherMachine();
      try (HostProcess second = application.withAgent()) {
        second.await("state RUNNING");
        cluster.write(application.topic("lines"), List.of("a b a"));
        cluster.play(application.topic("frames"), "gate", 0, 10);
        assertCounts(application, second, Map.of("a", "2", "b", "1"));
        assertClips(application, second, 2);
        assertThat(second.said()).singleElement().asString().contains("describes video too");
        assertWell(first, second);
      }
    }
  }

  @Test
  void anInstanceThatJoinsWithoutTheAgentIsNoticed() throws Exception {
    Application application = new Application(cluster, directory, "off");
    try (HostProcess first = application.withAgent("unassigned-after=6s")) {
      first.await("state RUNNING");
      application.anotherMachine();
      try (HostProcess second = application.alone()) {
        assertThat(first.await("are mixed"))
            .isEqualTo(
                "flamingo: off: nobody works on all of topic off-frames: instances with and without the agent are mixed; stop all of them, then start each with the agent");
        assertWell(first, second);
      }
    }
  }

  @Test
  void anInstanceThatCannotDescribeHasTheNodesOfTheOthersAllTheSame() throws Exception {
    Application application = new Application(cluster, directory, "unable");
    try (HostProcess first = application.withAgent()) {
      first.await("state RUNNING");
      application.anotherMachine();
      application.topology = "model: broken";
      Files.createDirectory(directory.resolve("broken"));
      try (HostProcess second = application.withAgent()) {
        assertThat(second.await("flamingo: "))
            .startsWith(
                "flamingo: video description 'video' of unable has switched itself off: model directory")
            .endsWith(
                "; its clips are dead letters with reason disabled until the application restarts");
        second.await("state RUNNING");
        cluster.write(application.topic("lines"), List.of("a b a"));
        cluster.play(application.topic("frames"), "gate", 0, 10);
        assertCounts(application, second, Map.of("a", "2", "b", "1"));
        assertWell(first, second);
      }
    }
  }

  @Test
  void alongsideGoesWithTheGroupProtocolOfKafkaStreams() throws Exception {
    Application application = new Application(cluster, directory, "beside");
    application.protocol("streams");
    application.topology = "application-id: beside-video";
    cluster.write(application.topic("lines"), List.of("a b a"));
    cluster.play(application.topic("frames"), "gate", 0, 10);
    try (HostProcess host = application.withAgent("mode=alongside")) {
      assertCounts(application, host, Map.of("a", "2", "b", "1"));
      assertClips(application, host, 2);
      assertWell(host);
    }
  }

  private static void assertWell(HostProcess... hosts) {
    for (HostProcess host : hosts) {
      assertThat(host.text()).doesNotContain("state ERROR", "Exception");
    }
  }
}
