package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StreamTimes;
import dev.flamingostreams.schema.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On RocksDB, with two of them side by side in one application. */
class StagesInATopologyTest {
  private static final Topic<String, FrameBatch> FRAMES = Topic.frames("frames");
  private static final Topic<String, Caption> CAPTIONS = Topic.captions("captions");
  private static final Topic<byte[], byte[]> DEAD = Topic.deadLetters("dead-letters");

  private final Ledger clips = ClipsStage.ledger();
  private final Ledger captions = CaptionsStage.ledger();
  private Describer describer = new FakeDescriber();
  private CaptionLimits limits = CaptionLimits.of(Overload.WAIT);

  @Test
  void twoCanLiveInOneTopology(@TempDir Path directory) {
    Topology topology = new Topology();
    add(topology, "one");
    add(topology, "two");

    try (TopologyTestDriver driver = new TopologyTestDriver(topology, config(directory))) {
      TestInputTopic<String, FrameBatch> in =
          driver.createInputTopic(
              "frames", FRAMES.keySerde().serializer(), FRAMES.valueSerde().serializer());
      in.pipeInput("cam", batch(0, 8));
      in.pipeInput("cam", FrameBatch.end());
      driver
          .createInputTopic("frames", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput("cam".getBytes(UTF_8), new byte[] {1});
      for (int i = 0; i < 4; i++) {
        driver.advanceWallClockTime(Duration.ofMillis(50));
      }

      TestOutputTopic<String, Caption> out =
          driver.createOutputTopic(
              "captions", CAPTIONS.keySerde().deserializer(), CAPTIONS.valueSerde().deserializer());
      List<TestRecord<String, Caption>> records = out.readRecordsToList();
      assertThat(records).hasSize(4);
      assertThat(records.get(0).key()).isEqualTo("cam");
      assertThat(records.get(0).timestamp()).as("end of the clip").isEqualTo(1_000);
      assertThat(
              driver
                  .createOutputTopic(
                      "dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                  .readRecordsToList())
          .hasSize(2);
      assertThat(captions.of(CaptionsStage.CAPTIONED)).isEqualTo(4);
      assertThat(clips.open() + captions.open()).isZero();
      assertThat(driver.getKeyValueStore("one-frames").all().hasNext()).isFalse();
      assertThat(driver.metrics().keySet())
          .anyMatch(name -> name.name().equals("clips-captioned-total"));
      assertThat(metric(driver, "frame-cache-hit-rate")).isEqualTo(0.75);
      assertThat(metric(driver, "frame-cache-bytes")).isEqualTo(1_000.0);
      assertThat(metric(driver, "frame-cache-max-bytes")).isEqualTo(2_000.0);
      assertThat(metric(driver, "frames-encoded-total")).isEqualTo(12.0);
      assertThat(metric(driver, "frames-prepared-dropped-total")).isEqualTo(3.0);
      assertThat(metric(driver, "clips-per-batch-avg")).isEqualTo(2.5);
      assertThat(metric(driver, "clips-pending")).isZero();
      assertThat(metric(driver, "clips-pending-age-ms")).isZero();
      assertThat(metric(driver, "lagging")).isZero();
      assertThat(metric(driver, "caption-latency-max")).isPositive();
    }
  }

  @Test
  @Timeout(60)
  void whatWaitsForAModelThatDoesNotAnswerWaitsForAWhileAndIsKept(@TempDir Path directory) {
    FakeDescriber silent = FakeDescriber.holding();
    describer = silent;
    limits =
        new CaptionLimits(
            2,
            2,
            1 << 20,
            Overload.WAIT,
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofHours(1));
    Topology topology = new Topology();
    add(topology, "one");

    try (TopologyTestDriver driver = new TopologyTestDriver(topology, config(directory))) {
      TestInputTopic<String, FrameBatch> in =
          driver.createInputTopic(
              "frames", FRAMES.keySerde().serializer(), FRAMES.valueSerde().serializer());
      in.pipeInput("cam", batch(0, 8));
      rounds(driver, 3);
      for (int second = 2; second < 12; second++) {
        in.pipeInput("cam", batch(4 * second, 4 * second + 4)); // returns, however long that takes
      }
      assertThat(silent.asked).as("in flight").hasSize(1);
      assertThat(captions.open()).as("beyond the limit, for the wait is bounded").isGreaterThan(2);
      rounds(driver, 200);
      assertThat(metric(driver, "lagging")).isEqualTo(1);

      silent.answerAll();
      in.pipeInput("cam", FrameBatch.end());
      rounds(driver, 40);
      assertThat(captions.of(CaptionsStage.CAPTIONED)).isEqualTo(12).isEqualTo(captions.in());
      assertThat(metric(driver, "lagging")).isZero();
    }
  }

  private static void rounds(TopologyTestDriver driver, int count) {
    for (int i = 0; i < count; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(50));
    }
  }

  private static double metric(TopologyTestDriver driver, String name) {
    return driver.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .filter(metric -> metric.getKey().group().equals("stream-flamingo-captions-metrics"))
        .mapToDouble(metric -> (Double) metric.getValue().metricValue())
        .max()
        .orElseThrow();
  }

  @Test
  void noChangelogHasSegmentsThatABrokerRarelyCleans() {
    FrameStore store = new FrameStore("one", false, 1_000_000, Duration.ofSeconds(10));
    List<StoreBuilder<?>> stores = new ArrayList<>();
    stores.addAll(
        new ClipsStage(
                "clips",
                CaptionsStageTest.rules(1_000),
                store,
                "out",
                "dead",
                clips,
                new StreamTimes(),
                () -> image -> {})
            .stores());
    stores.addAll(
        new CaptionsStage(
                "captions",
                FakeDescriber::new,
                CaptionLimits.of(Overload.WAIT),
                store,
                "out",
                "dead",
                new Landing(),
                captions)
            .stores());
    assertThat(stores)
        .filteredOn(StoreBuilder::loggingEnabled)
        .hasSize(4)
        .extracting(builder -> builder.logConfig().getOrDefault("segment.bytes", "none"))
        .containsOnly("16777216", "67108864");
  }

  private void add(Topology topology, String prefix) {
    FrameStore store = new FrameStore(prefix, false, 1_000_000, Duration.ofSeconds(10));
    String clipsName = prefix + "-clips";
    String captionsName = prefix + "-captions";
    String out = prefix + "-out";
    String dead = prefix + "-dead";
    if (prefix.equals("one")) {
      topology.addSource(
          "source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "frames");
    }
    topology.addProcessor(
        clipsName,
        new ClipsStage(
            clipsName,
            CaptionsStageTest.rules(1_000),
            store,
            captionsName,
            dead,
            clips,
            new StreamTimes(),
            () -> image -> {}),
        "source");
    topology.addProcessor(
        captionsName,
        new CaptionsStage(
            captionsName, () -> describer, limits, store, out, dead, new Landing(), captions),
        clipsName);
    topology.addSink(
        out,
        "captions",
        CAPTIONS.keySerde().serializer(),
        CAPTIONS.valueSerde().serializer(),
        captionsName);
    topology.addSink(
        dead,
        "dead-letters",
        DEAD.keySerde().serializer(),
        DEAD.valueSerde().serializer(),
        clipsName,
        captionsName);
  }

  private static FrameBatch batch(int from, int to) {
    return FrameBatch.of(
        LongStream.range(from, to).mapToObj(i -> new Frame(i * 250_000, Stages.image(i))).toList());
  }

  private static Properties config(Path directory) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "stages");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:0");
    config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    return config;
  }
}
