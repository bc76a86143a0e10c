package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.engine.EngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraftOptionsTest {
  @TempDir Path home;

  @Test
  void defaults() throws IOException {
    GraftOptions options = read(Map.of());
    assertThat(options.topologies()).extracting(TopologyFile::name).containsExactly("yard");
    assertThat(options.alongside()).isFalse();
    assertThat(options.threads())
        .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    assertThat(options.niceness()).isEqualTo(10);
    assertThat(options.failures()).isEqualTo(10);
    assertThat(options.patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.unassignedAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.waitForGroup()).isZero();
    assertThat(options.strict()).isFalse();
    assertThat(options.trustGroup()).isFalse();
  }

  @Test
  void everyOptionIsRead() throws IOException {
    GraftOptions options =
        read(
            Map.of(
                "mode", "alongside",
                "threads", "3",
                "niceness", "0",
                "failures", "4",
                "patience", "7s",
                "unassigned-after", "2m",
                "wait-for-group", "45s",
                "strict", "true",
                "trust-group", "true"));
    assertThat(options)
        .isEqualTo(
            new GraftOptions(
                options.topologies(),
                true,
                3,
                0,
                4,
                Duration.ofSeconds(7),
                Duration.ofMinutes(2),
                Duration.ofSeconds(45),
                true,
                true));
  }

  @Test
  void idleIsAsNiceAsAThreadCanBe() throws IOException {
    assertThat(read(Map.of("niceness", "idle")).niceness()).isEqualTo(EngineOptions.IDLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode|beside|mode=beside: must be graft or alongside",
        "threads|0|threads=0: must be a number above 0",
        "niceness|20|niceness=20: must be 0 to 19, or idle",
        "niceness|-1|niceness=-1: must be 0 to 19, or idle",
        "failures|many|failures=many: must be a number above 0",
        "unassigned-after|0s|unassigned-after=0s: must be 1s or more",
        "patience|5|patience='5' has no unit; write 5s or 5ms",
        "strict|yes|strict=yes: must be false or true"
      })
  void whatIsWrongIsNamed(String key, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(GraftException.class)
        .hasMessage(message);
  }

  @Test
  void anApplicationReadsATopicOnce() throws IOException {
    topology("gate");
    assertThatThrownBy(() -> read(Map.of("topologies", "yard,gate")))
        .isInstanceOf(GraftException.class)
        .hasMessageEndingWith(
            "topic frames is read by another topology, and an application reads a topic once; use mode=alongside");
    assertThat(read(Map.of("topologies", "yard,gate", "mode", "alongside")).topologies())
        .hasSize(2);
  }

  @Test
  void topologiesAlongsideHaveApplicationIdsOfTheirOwn() throws IOException {
    topology("gate");
    Files.writeString(
        home.resolve("topologies/gate/topology.yaml"), "name: gate\napplication-id: flamingo-yard");
    assertThatThrownBy(() -> read(Map.of("topologies", "yard,gate", "mode", "alongside")))
        .isInstanceOf(GraftException.class)
        .hasMessageEndingWith(
            "application-id 'flamingo-yard' is taken by another file; change one");
  }

  private GraftOptions read(Map<String, String> given) throws IOException {
    topology("yard");
    Map<String, String> options = new HashMap<>(Map.of("topologies", "yard"));
    options.putAll(given);
    return GraftOptions.read(options, home);
  }

  private void topology(String name) throws IOException {
    Path directory = Files.createDirectories(home.resolve("topologies").resolve(name));
    Files.writeString(directory.resolve("topology.yaml"), "name: " + name);
  }
}
