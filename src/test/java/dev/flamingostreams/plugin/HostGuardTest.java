package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostGuardTest {
  private static final byte[] BYTES = new byte[1];

  @TempDir Path directory;

  private final List<String> said = new ArrayList<>();
  private final Switch lights = new Switch("video description 'yard' of host", said::add);
  private final HostGuard guard = new HostGuard(1 << 20, lights);

  @Test
  void anErrorOfOursSwitchesUsOffAndIsNotTheHosts() {
    Faulty faulty = new Faulty(new IllegalStateException("a bug"));
    try (TopologyTestDriver driver = driver(around(faulty))) {
      input(driver).pipeInput(BYTES, BYTES);
      input(driver).pipeInput(BYTES, BYTES);
    }
    assertThat(faulty.calls).isEqualTo(1);
    assertThat(said)
        .containsExactly(
            "video description 'yard' of host has switched itself off: an error in its own code, please report it: java.lang.IllegalStateException: a bug; frames are skipped until the application restarts");
  }

  @Test
  void anErrorInAPunctuationIsNotTheHostsEither() {
    Faulty faulty = new Faulty(null);
    try (TopologyTestDriver driver = driver(around(faulty))) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    assertThat(faulty.calls).isEqualTo(1);
    assertThat(said).singleElement().asString().contains("a bug of the clock");
  }

  @Test
  void whatKafkaThrowsIsForTheHostToSee() {
    Faulty faulty = new Faulty(new TaskMigratedException("another has it"));
    try (TopologyTestDriver driver = driver(around(faulty))) {
      assertThatThrownBy(() -> input(driver).pipeInput(BYTES, BYTES))
          .isInstanceOf(TaskMigratedException.class);
    }
    assertThat(said).isEmpty();
  }

  @Test
  void videoIsDescribedBehindTheGuard() throws IOException {
    Ledgers ledgers = Ledgers.create();
    try (TopologyTestDriver driver = driver(video(new FakeDescriber(-1), ledgers))) {
      play(driver);
      Topic<String, Caption> captions = Topic.captions("captions");
      assertThat(
              driver
                  .createOutputTopic(
                      captions.name(),
                      captions.keySerde().deserializer(),
                      captions.valueSerde().deserializer())
                  .readValuesToList())
          .hasSize(2);
      assertThat(ledgers.captions().of("captioned")).isEqualTo(2);
    }
  }

  @Test
  void clipsThatComeWhenTheModelIsOffAreDeadLettersThatSaySo() throws IOException {
    Ledgers ledgers = Ledgers.create();
    Describer off = BackgroundDescriber.unable(lights, "no model");
    try (TopologyTestDriver driver = driver(video(off, ledgers))) {
      play(driver);
      assertThat(ledgers.captions().of("disabled")).isEqualTo(2);
      assertThat(ledgers.captions().open()).isZero();
      assertThat(
              driver
                  .createOutputTopic(
                      "dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                  .readRecordsToList())
          .extracting(letter -> DeadLetter.get(letter.headers(), DeadLetter.REASON, ""))
          .containsExactly("disabled", "disabled");
    }
  }

  @Test
  void aRecordThatTheHostCouldNotSendOnIsADeadLetterWithoutAValue() throws IOException {
    Ledgers ledgers = Ledgers.create();
    try (TopologyTestDriver driver = driver(video(new FakeDescriber(-1), ledgers))) {
      driver
          .createInputTopic("frames", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput("gate".getBytes(UTF_8), new byte[1 << 20]);
      assertThat(ledgers.streams().of(StreamsStage.TOO_LARGE)).isEqualTo(1);
      assertThat(ledgers.streams().open()).isZero();
      TestRecord<byte[], byte[]> letter =
          driver
              .createOutputTopic(
                  "dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecord();
      assertThat(letter.value()).isEmpty();
      assertThat(DeadLetter.get(letter.headers(), DeadLetter.MESSAGE, ""))
          .isEqualTo(
              "a record of 1048580 bytes, max.request.size less 64 KB is 983040; make batches smaller or raise it");
    }
  }

  private Topology video(Describer describer, Ledgers ledgers) throws IOException {
    Path path = Files.writeString(directory.resolve("topology.yaml"), "name: yard");
    TopologyFile file = TopologyFile.read(path).neverWaiting();
    return VideoTopology.addTo(
        new Topology(), file, () -> describer, ledgers, new Landing(), guard);
  }

  private static void play(TopologyTestDriver driver) {
    Topic<String, FrameBatch> frames = Topic.frames("frames");
    TestInputTopic<String, FrameBatch> input =
        driver.createInputTopic(
            frames.name(), frames.keySerde().serializer(), frames.valueSerde().serializer());
    Recordings.seconds(8).forEach(batch -> input.pipeInput("gate", batch));
    for (int i = 0; i < 10; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(100));
    }
  }

  private Topology around(Faulty faulty) {
    return new Topology()
        .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
        .addProcessor("ours", guard.<byte[], byte[], Void, Void>around(() -> faulty), "in");
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver) {
    return driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TopologyTestDriver driver(Topology topology) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "host",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092",
            StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString()));
    return new TopologyTestDriver(topology, properties);
  }

  private static final class Faulty implements Processor<byte[], byte[], Void, Void> {
    private final @Nullable RuntimeException fault;
    private int calls;

    Faulty(@Nullable RuntimeException fault) {
      this.fault = fault;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      context.schedule(
          Duration.ofMillis(500),
          PunctuationType.WALL_CLOCK_TIME,
          now -> {
            if (fault == null) {
              calls++;
              throw new IllegalStateException("a bug of the clock");
            }
          });
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      calls++;
      throw requireNonNull(fault);
    }
  }
}
