package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.agent.hosts.Longest;
import dev.flamingostreams.agent.hosts.Two;
import dev.flamingostreams.schema.Caption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that know nothing of us, with the agent. */
class AgentIT {
  private static final int TERMINATED = 143;

  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @Test
  void wordsAreCountedAndVideoIsDescribed() throws Exception {
    Application words = new Application(cluster, directory, "words");
    cluster.write(words.topic("lines"), List.of("a b a", "b a"));
    cluster.play(words.topic("frames"), "gate", 0, 10);
    try (HostProcess host = words.withAgent()) {
      assertThat(host.await("flamingo: "))
          .isEqualTo(
              "flamingo: words describes video too: 'video' reads topic words-frames, writes words-captions");
      assertCounts(words, host, Map.of("a", "3", "b", "2"));
      assertClips(words, host, 2);
      assertThat(host.stop()).as(host::text).isEqualTo(TERMINATED);
      assertThat(host.said()).hasSize(1);
    }
  }

  @Test
  void topicsOfTheHostAreThoseThatItHasWithoutUs() throws Exception {
    Application plain = new Application(cluster, directory, "plain");
    Application described = new Application(cluster, directory, "described");
    for (Application application : List.of(plain, described)) {
      cluster.write(application.topic("lines"), List.of("a b a"));
      try (HostProcess host =
          application == plain ? application.alone() : application.withAgent()) {
        assertCounts(application, host, Map.of("a", "2", "b", "1"));
      }
    }
    Set<String> without = cluster.internalTopics("plain");
    Set<String> with = cluster.internalTopics("described");
    assertThat(without).hasSize(2);
    assertThat(with).containsAll(without);
    with.removeAll(without);
    assertThat(with).isNotEmpty().allMatch(topic -> topic.startsWith("-video-"));
  }

  @Test
  void afterAKillNothingIsLostAndNothingIsThereTwice() throws Exception {
    Application killed = new Application(cluster, directory, "killed");
    cluster.write(killed.topic("lines"), List.of("a b a", "b a"));
    cluster.play(killed.topic("frames"), "gate", 0, 10);
    try (HostProcess host = killed.withAgent()) {
      assertCounts(killed, host, Map.of("a", "3", "b", "2"));
      assertClips(killed, host, 1);
      cluster.write(killed.topic("lines"), List.of("a c"));
      cluster.play(killed.topic("frames"), "gate", 10, 10);
      host.kill();
    }
    cluster.write(killed.topic("lines"), List.of("a d"));
    cluster.play(killed.topic("frames"), "gate", 20, 10);
    try (HostProcess host = killed.withAgent()) {
      assertCounts(killed, host, Map.of("a", "5", "b", "2", "c", "1", "d", "1"));
      assertClips(killed, host, 7);
      host.stop();
    }
    assertThat(cluster.captions(killed.topic("captions"), 7)).hasSize(7);
  }

  @Test
  void aHostOfTheProcessorApiIsNoDifferent() throws Exception {
    Application longest = new Application(cluster, directory, "longest").main(Longest.class);
    cluster.write(longest.topic("lines"), List.of("a", "abc", "ab"));
    cluster.play(longest.topic("frames"), "gate", 0, 10);
    try (HostProcess host = longest.withAgent()) {
      assertThat(cluster.table(longest.topic("counts"), Map.of("longest", "abc")::equals))
          .as(host::text)
          .isEqualTo(Map.of("longest", "abc"));
      assertClips(longest, host, 2);
    }
  }

  @Test
  void alongsideTheTopologyOfTheHostStaysAsItIs() throws Exception {
    Application alongside = new Application(cluster, directory, "alongside");
    alongside.topology = "application-id: beside";
    cluster.write(alongside.topic("lines"), List.of("a b a"));
    cluster.play(alongside.topic("frames"), "gate", 0, 10);
    try (HostProcess host = alongside.withAgent("mode=alongside")) {
      assertCounts(alongside, host, Map.of("a", "2", "b", "1"));
      assertClips(alongside, host, 2);
      assertThat(cluster.internalTopics("alongside")).hasSize(2);
      assertThat(cluster.internalTopics("beside")).isNotEmpty();
      assertThat(host.stop()).as(host::text).isEqualTo(TERMINATED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"graft", "alongside"})
  @EnabledOnOs(OS.LINUX)
  void theModelYieldsAndTheHostDoesNot(String mode) throws Exception {
    Application yielding = new Application(cluster, directory, "y-" + mode);
    yielding.topology = "application-id: beside-y-" + mode;
    cluster.play(yielding.topic("frames"), "gate", 0, 10);
    try (HostProcess host = yielding.withAgent("threads=2,niceness=7,mode=" + mode)) {
      assertClips(yielding, host, 1);
      Map<Boolean, List<HostThreads.Seen>> threads =
          HostThreads.of(host.id()).stream()
              .collect(Collectors.partitioningBy(thread -> thread.niceness() > 0));
      assertThat(threads.get(true))
          .contains(new HostThreads.Seen("flamingo-engine", 7))
          .contains(new HostThreads.Seen("flamingo-decode", 7))
          .contains(new HostThreads.Seen("flamingo-model", 7)) // ONNX Runtime's, started by it
          .noneMatch(thread -> thread.name().startsWith("y-"))
          .noneMatch(thread -> thread.name().startsWith("kafka-"));
      assertThat(threads.get(false))
          .extracting(HostThreads.Seen::name)
          .anyMatch(name -> name.startsWith("y-" + mode)) // of Kafka Streams
          .anyMatch(name -> name.startsWith("kafka-"));
    }
  }

  @Test
  void ofSeveralApplicationsInOneJvmTheFirstIsMeantOrTheOneThatIsNamed() throws Exception {
    Application two = new Application(cluster, directory, "two").main(Two.class);
    try (HostProcess host = two.withAgent()) {
      host.await("state RUNNING");
      assertThat(host.said()).singleElement().asString().contains(" two-first describes video");
    }
    Application again = new Application(cluster, directory, "again").main(Two.class);
    try (HostProcess host = again.withAgent("application-id=again-second")) {
      host.await("state RUNNING");
      assertThat(host.said()).singleElement().asString().contains(" again-second describes video");
    }
  }

  static void assertCounts(Application of, HostProcess host, Map<String, String> counts) {
    assertThat(of.cluster.table(of.topic("counts"), counts::equals))
        .as(host::text)
        .isEqualTo(counts);
  }

  /** The first clips of a stream from second 0, 4 s each. */
  static void assertClips(Application of, HostProcess host, int count) {
    List<Caption> captions = of.cluster.captions(of.topic("captions"), count);
    assertThat(captions).as(host::text).hasSizeGreaterThanOrEqualTo(count);
    for (int i = 0; i < captions.size(); i++) {
      assertThat(captions.get(i).startMicros()).as(host::text).isEqualTo(i * 4_000_000L);
    }
  }
}
