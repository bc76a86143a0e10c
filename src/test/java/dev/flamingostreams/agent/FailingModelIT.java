package dev.flamingostreams.agent;

import static dev.flamingostreams.agent.AgentIT.assertCounts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.bench.RandomModel;
import dev.flamingostreams.schema.Caption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that fail, or are slow, in hosts that must not notice. */
class FailingModelIT {
  @AutoClose private static Cluster cluster;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    cluster = new Cluster();
  }

  @Test
  void aModelThatCannotBeLoadedIsSwitchedOff() throws Exception {
    Application damaged = new Application(cluster, directory, "damaged");
    RandomModel.write("small", directory.resolve("model"));
    Files.writeString(directory.resolve("model/tokenizer.json"), "{}");
    damaged.topology = "model: model";
    cluster.play(damaged.topic("frames"), "gate", 0, 10);
    try (HostProcess host = damaged.withAgent()) {
      assertThat(host.await("switched itself off"))
          .startsWith(
              "flamingo: video description 'video' of damaged has switched itself off: its model cannot be loaded (")
          .endsWith(
              "; its clips are dead letters with reason disabled until the application restarts");
      cluster.write(damaged.topic("lines"), List.of("a b a"));
      assertCounts(damaged, host, Map.of("a", "2", "b", "1"));
      assertThat(cluster.reasons(damaged.topic("dead"), 2)).containsExactly("disabled", "disabled");
      assertThat(host.stop()).as(host::text).isEqualTo(143);
      assertThat(host.said()).hasSize(2);
    }
  }

  @Test
  void aModelThatIsTooSlowLosesClipsAndTheHostNothing() throws Exception {
    Application slow = new Application(cluster, directory, "slow");
    RandomModel.write("100m", directory.resolve("model"));
    slow.topology = "model: model\ncaptions: {max-pending: 1, max-in-flight: 1}\n";
    slow.jvmOptions.add("-Xmx1g");
    cluster.play(slow.topic("frames"), "gate", 0, 120);
    cluster.write(slow.topic("lines"), List.of("a b a"));
    try (HostProcess host = slow.withAgent()) {
      assertCounts(slow, host, Map.of("a", "2", "b", "1"));
      List<Caption> captions = cluster.captions(slow.topic("captions"), 1);
      assertThat(captions).as(host::text).isNotEmpty();
      cluster.play(slow.topic("frames"), "gate", 120, 120);
      cluster.write(slow.topic("lines"), List.of("a"));
      assertCounts(slow, host, Map.of("a", "3", "b", "1"));
      assertThat(host.stop()).as(host::text).isEqualTo(143); // with a clip in native code
      assertThat(host.said()).as(host::text).hasSize(1);
      assertThat(cluster.captions(slow.topic("captions"), 1)).hasSizeLessThan(59);
    }
  }
}
