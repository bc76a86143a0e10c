package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage's equation, as JMX sees it. */
class StageMetricsTest {
  private static final String FILE =
      """
      name: yard
      input: {streams: gate*}
      alerts:
      - {name: car, query: car, cooldown: 1m}
      """;

  @TempDir Path directory;

  private final Ledgers ledgers = Ledgers.create();

  @Test
  void everyLedgerIsThereAsMetricsThatBalance() throws IOException {
    run(
        driver -> {
          play(driver, "gate", Recordings.seconds(18));
          play(driver, "other", Recordings.seconds(4));
          pipe(driver, "gate", "garbage".getBytes(UTF_8));

          assertThat(totals(driver, "streams", "records"))
              .isEqualTo(expected(ledgers.streams(), "records"));
          assertThat(totals(driver, "clips", "frames"))
              .isEqualTo(expected(ledgers.clips(), "frames"));
          assertThat(totals(driver, "captions", "clips"))
              .isEqualTo(expected(ledgers.captions(), "clips"));
          assertThat(totals(driver, "alerts", "captions"))
              .isEqualTo(expected(ledgers.alerts().captions(), "captions"));
          assertThat(totals(driver, "alerts", "matches"))
              .isEqualTo(expected(ledgers.alerts().matches(), "matches"));
          assertThat(ledgers.all()).allSatisfy(l -> assertThat(l.in()).isPositive());
          assertThat(ledgers.all()).allSatisfy(l -> assertThat(l.open()).isZero());
        });
  }

  private void run(Consumer<TopologyTestDriver> test) throws IOException {
    Path file = Files.writeString(directory.resolve("topology.yaml"), FILE);
    Topology topology =
        VideoTopology.addTo(
            new Topology(), TopologyFile.read(file), () -> new FakeDescriber(8_000_000), ledgers);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "app",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092",
            StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString()));
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
      test.accept(driver);
    }
  }

  /** Names without their ending {@code -total}, of one stage and one unit. */
  private static Map<String, Long> totals(TopologyTestDriver driver, String stage, String unit) {
    Map<String, Long> totals = new TreeMap<>();
    driver
        .metrics()
        .forEach(
            (name, metric) -> {
              if (name.group().equals("stream-flamingo-" + stage + "-metrics")
                  && name.name().startsWith(unit + "-")
                  && name.name().endsWith("-total")) {
                String counted = name.name().substring(0, name.name().length() - 6);
                totals.put(counted, Math.round((double) metric.metricValue()));
              }
            });
    return totals;
  }

  private static Map<String, Long> expected(Ledger ledger, String unit) {
    Map<String, Long> expected = new TreeMap<>();
    expected.put(unit + "-in", ledger.in());
    expected.put(unit + "-carried", 0L);
    ledger
        .outcomes()
        .forEach((name, count) -> expected.put(unit + "-" + name.replace(' ', '-'), count));
    return expected;
  }

  private static void play(TopologyTestDriver driver, String stream, List<FrameBatch> batches) {
    batches.forEach(batch -> pipe(driver, stream, FrameBatches.write(batch)));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private static void pipe(TopologyTestDriver driver, String stream, byte[] value) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic("frames", new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(stream.getBytes(UTF_8), value);
    driver.advanceWallClockTime(Duration.ofMillis(100));
  }
}
