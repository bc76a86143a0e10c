package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flamingostreams.alerts.AlertLedgers;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoTopologyTest {
  private static final String FILE =
      """
      name: yard
      input: {streams: gate*}
      alerts:
      - {name: car, query: car, cooldown: 1m}
      """;

  @TempDir Path directory;

  private final Ledgers ledgers = Ledgers.create();
  private Topology topology;
  private TopologyTestDriver driver;

  @BeforeEach
  void build() throws IOException {
    start(new FakeDescriber(8_000_000));
  }

  private void start(FakeDescriber describer) throws IOException {
    Path file = Files.writeString(directory.resolve("topology.yaml"), FILE);
    topology =
        VideoTopology.addTo(new Topology(), TopologyFile.read(file), () -> describer, ledgers);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "app",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092",
            StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString()));
    driver = new TopologyTestDriver(topology, properties);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void framesBecomeCaptionsAndCaptionsAlerts() {
    play("gate-1", 8);

    assertThat(captions())
        .extracting(Caption::stream, Caption::startMicros, Caption::text)
        .containsExactly(
            tuple("gate-1", 0L, "a car in 16 frames"),
            tuple("gate-1", 4_000_000L, "a car in 16 frames"));
    assertThat(alerts())
        .extracting(Alert::rule, a -> a.caption().startMicros())
        .containsExactly(tuple("car", 0L));
    assertThat(ledgers.alerts().matches().of(AlertLedgers.COOLING)).isEqualTo(1);
  }

  @Test
  void framesReachTheModelBeforeTheirClip() throws IOException {
    driver.close();
    FakeDescriber describer = new FakeDescriber(-1);
    start(describer);
    play("gate-1", 4);

    assertThat(describer.prepared())
        .hasSizeBetween(10, 15)
        .isSubsetOf(
            Recordings.seconds(4).stream()
                .flatMap(batch -> batch.frames().stream())
                .map(Frame::image)
                .toList());
  }

  @Test
  void whatTheModelIsUnsureOfRaisesNoAlert() throws IOException {
    driver.close();
    start(new FakeDescriber(-1, true));
    play("gate-1", 4);

    assertThat(captions()).extracting(Caption::unsure).containsExactly(true);
    assertThat(alerts()).isEmpty();
    assertThat(ledgers.alerts().matches().of(AlertLedgers.UNSURE)).isEqualTo(1);
  }

  @Test
  void whatCannotBeDecodedOrDescribedIsADeadLetterAndTheStreamGoesOn() {
    raw().pipeInput("gate-1".getBytes(UTF_8), "garbage".getBytes(UTF_8));
    play("gate-1", 16);

    assertThat(captions())
        .extracting(Caption::startMicros)
        .containsExactly(0L, 4_000_000L, 12_000_000L);
    assertThat(deadLetters())
        .extracting(
            letter -> header(letter, DeadLetter.STAGE) + " " + header(letter, DeadLetter.REASON))
        .containsExactly("clips undecodable", "captions model");
  }

  @Test
  void otherStreamsAreNotItsBusiness() {
    play("yard", 8);
    play("gate", 8);

    assertThat(captions()).extracting(Caption::stream).containsOnly("gate");
    assertThat(ledgers.streams().of(StreamsStage.OTHER)).isEqualTo(9);
    assertThat(ledgers.streams().of(StreamsStage.TAKEN)).isEqualTo(9);
  }

  @Test
  void aRecordWithoutATimeOrAKeyDoesNotEndTheStream() {
    raw().pipeInput(new TestRecord<>(null, "garbage".getBytes(UTF_8)));
    raw().pipeInput(new TestRecord<>("gate".getBytes(UTF_8), null));
    play("gate", 8);

    assertThat(captions()).hasSize(2);
    assertThat(deadLetters()).isNotEmpty();
  }

  @Test
  void aRecordThatABrokerTookCompressedIsMeasuredAsItIs() {
    raw().pipeInput("gate-1".getBytes(UTF_8), new byte[3 << 20]);
    RecordHeaders large = new RecordHeaders();
    large.add("large", new byte[1 << 20]);
    raw().pipeInput(new TestRecord<>("gate-1".getBytes(UTF_8), new byte[8], large));
    raw().pipeInput(new TestRecord<>(("gate-" + "1".repeat(2 << 20)).getBytes(UTF_8), new byte[8]));
    RecordHeaders many = new RecordHeaders();
    IntStream.range(0, 200_000).forEach(i -> many.add("", new byte[0]));
    raw().pipeInput(new TestRecord<>("gate-1".getBytes(UTF_8), new byte[8], many));
    play("gate-1", 8);

    List<TestRecord<byte[], byte[]>> letters = deadLetters();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetter.STAGE), VideoTopologyTest::bytes)
        .containsOnly(tuple("streams", 0));
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetter.ORIGIN))
        .containsExactly("frames-0@0", "frames-0@1", "frames-0@2", "frames-0@3");
    assertThat(header(letters.get(0), DeadLetter.MESSAGE))
        .isEqualTo(
            "a record of 3145734 bytes, input.max-bytes is 1048576; make batches smaller or raise it");
    assertThat(letters.get(1).headers().lastHeader("large")).isNull();
    assertThat(letters.get(2).key()).isNull();
    assertThat(ledgers.streams().of(StreamsStage.TOO_LARGE)).isEqualTo(4);
    assertThat(captions()).hasSize(2);
  }

  @Test
  void aKeyThatIsTooLongForAStreamIsADeadLetter() {
    String stream = "gate-" + "1".repeat(1_020);
    play(stream, 4);

    assertThat(captions()).isEmpty();
    assertThat(deadLetters())
        .extracting(letter -> header(letter, DeadLetter.MESSAGE))
        .containsOnly("a key of 1025 bytes; a stream's id has at most 1024");

    play(stream.substring(1), 4);
    assertThat(captions()).isEmpty();
    play(stream.substring(0, 1_024), 4);
    assertThat(captions()).hasSize(1);
  }

  @Test
  void aRecordsHeadersAreNotWrittenAgainForEachOfItsImages() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("large", new byte[1 << 10]);
    List<Frame> bad =
        LongStream.range(0, 9).mapToObj(i -> new Frame(i * 100_000, new byte[1])).toList();
    raw()
        .pipeInput(
            new TestRecord<>(
                "gate-1".getBytes(UTF_8), FrameBatches.write(FrameBatch.of(bad)), headers));

    assertThat(deadLetters())
        .hasSize(9)
        .allMatch(letter -> letter.headers().lastHeader("large") == null)
        .allMatch(letter -> header(letter, DeadLetter.ORIGIN).equals("frames-0@0"));
  }

  @Test
  void everyLedgerIsBalancedInTheEnd() {
    play("gate-1", 16);
    play("other", 4);

    assertThat(ledgers.all()).allSatisfy(ledger -> assertThat(ledger.open()).isZero());
    assertThat(ledgers.all()).extracting(Ledger::in).containsExactly(22L, 64L, 4L, 3L, 3L);
  }

  @Test
  void everyNodeAndStoreIsNamedAfterTheTopology() {
    Matcher names =
        Pattern.compile("(?:Source|Processor|Sink): (\\S+)")
            .matcher(topology.describe().toString());
    Matcher stores = Pattern.compile("stores: \\[([^]]+)]").matcher(topology.describe().toString());

    assertThat(names.results().map(name -> name.group(1)))
        .containsExactlyInAnyOrder(
            "yard-frames",
            "yard-streams",
            "yard-clips",
            "yard-captions",
            "yard-described",
            "yard-captions-topic",
            "yard-alerts",
            "yard-alerts-topic",
            "yard-dead-letters",
            "yard-dead-letters-topic");
    assertThat(stores.results().flatMap(list -> Stream.of(list.group(1).split(", ", -1))))
        .contains(
            "yard-frames",
            "yard-reach",
            "yard-clips-streams",
            "yard-captions-pending",
            "yard-alerts-rules")
        .allMatch(store -> store.startsWith("yard-"));
  }

  @Test
  void whatWasDescribedLastIsKeptWhereClipsAreComparedOnly() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("second.yaml"),
            "name: second\ninput: {topic: other}\ncaptions: {unchanged: omit}");
    VideoTopology.addTo(
        topology, TopologyFile.read(file), () -> new FakeDescriber(-1), Ledgers.create());

    assertThat(topology.describe().toString())
        .contains("second-captions-last")
        .doesNotContain("yard-captions-last");
  }

  @Test
  void aSecondTopologyFitsBesideTheFirst() throws IOException {
    Path file =
        Files.writeString(directory.resolve("second.yaml"), "name: second\ninput: {topic: other}");

    VideoTopology.addTo(
        topology, TopologyFile.read(file), () -> new FakeDescriber(-1), Ledgers.create());

    assertThat(topology.describe().toString())
        .contains("yard-clips", "second-clips")
        .doesNotContain("second-alerts");
  }

  private void play(String stream, int seconds) {
    Topic<String, FrameBatch> frames = Topic.frames("frames");
    TestInputTopic<String, FrameBatch> input =
        driver.createInputTopic(
            frames.name(), frames.keySerde().serializer(), frames.valueSerde().serializer());
    for (FrameBatch batch : Recordings.seconds(seconds)) {
      input.pipeInput(stream, batch);
      driver.advanceWallClockTime(Duration.ofMillis(500));
    }
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private TestInputTopic<byte[], byte[]> raw() {
    Topic<byte[], byte[]> raw = Topic.deadLetters("frames");
    return driver.createInputTopic(
        raw.name(), raw.keySerde().serializer(), raw.valueSerde().serializer());
  }

  private List<Caption> captions() {
    return values(Topic.captions("captions"));
  }

  private List<Alert> alerts() {
    return values(Topic.alerts("alerts"));
  }

  private List<TestRecord<byte[], byte[]>> deadLetters() {
    Topic<byte[], byte[]> topic = Topic.deadLetters("dead-letters");
    return driver
        .createOutputTopic(
            topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer())
        .readRecordsToList();
  }

  private <V> List<V> values(Topic<String, V> topic) {
    return driver
        .createOutputTopic(
            topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer())
        .readValuesToList();
  }

  private static int bytes(TestRecord<byte[], byte[]> letter) {
    return letter.value().length;
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return DeadLetter.get(letter.headers(), name, "");
  }
}
