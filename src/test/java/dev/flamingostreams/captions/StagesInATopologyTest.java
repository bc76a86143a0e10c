package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Ledger;
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
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On RocksDB, with two of them side by side in one application. */
class StagesInATopologyTest {
  private static final Topic<String, FrameBatch> FRAMES = Topic.frames("frames");
  private static final Topic<String, Caption> CAPTIONS = Topic.captions("captions");
  private static final Topic<byte[], byte[]> DEAD = Topic.deadLetters("dead-letters");

  private final Ledger clips = ClipsStage.ledger();
  private final Ledger captions = CaptionsStage.ledger();

  @Test
  void twoCanLiveInOneTopology(@TempDir Path directory) {
    Topology topology = new Topology();
    add(topology, "one");
    add(topology, "two");

    try (TopologyTestDriver driver = new TopologyTestDriver(topology, config(directory))) {
      TestInputTopic<String, FrameBatch> in =
          driver.createInputTopic(
              "frames", FRAMES.keySerde().serializer(), FRAMES.valueSerde().serializer());
      in.pipeInput("cam", batch());
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
      assertThat(gauge(driver, "frame-cache-hit-rate")).isEqualTo(0.75);
      assertThat(gauge(driver, "frame-cache-bytes")).isEqualTo(1_000.0);
      assertThat(gauge(driver, "frame-cache-max-bytes")).isEqualTo(2_000.0);
      assertThat(gauge(driver, "frames-encoded-total")).isEqualTo(12.0);
      assertThat(gauge(driver, "frames-prepared-dropped-total")).isEqualTo(3.0);
      assertThat(gauge(driver, "clips-per-batch-avg")).isEqualTo(2.5);
    }
  }

  private static Object gauge(TopologyTestDriver driver, String name) {
    List<Object> values = new ArrayList<>();
    driver
        .metrics()
        .forEach(
            (metric, value) -> {
              if (metric.name().equals(name)
                  && metric.group().equals("stream-flamingo-captions-metrics")
                  && "one-captions-0_0".equals(metric.tags().get("flamingo-captions-id"))) {
                values.add(value.metricValue());
              }
            });
    assertThat(values).hasSize(1);
    return values.get(0);
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
            () -> image -> {}),
        "source");
    topology.addProcessor(
        captionsName,
        new CaptionsStage(
            captionsName,
            FakeDescriber::new,
            CaptionLimits.of(Overload.WAIT),
            store,
            out,
            dead,
            captions),
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

  private static FrameBatch batch() {
    return FrameBatch.of(
        LongStream.range(0, 8).mapToObj(i -> new Frame(i * 250_000, Stages.image(i))).toList());
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
