package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoStreamsTest {
  private static final Topic<String, FrameBatch> PICTURES = Topic.frames("pictures");
  private static final Topic<String, String> TEXTS = text("texts");
  private static final Topic<String, Long> COUNTS =
      new Topic<>("counts", Serdes.String(), Serdes.Long());
  private static final Topic<byte[], byte[]> DEAD = Topic.deadLetters("dead-letters");

  @TempDir Path directory;

  private final AtomicInteger closed = new AtomicInteger();
  private final StreamsBuilder builder = new StreamsBuilder();
  private final KStream<String, FrameBatch> pictures = read(builder, PICTURES);
  private final VideoStreams video =
      new VideoStreams(file -> new FakeDescriber(8_000_000), closed::incrementAndGet);

  @Test
  void aFileIsAddedToWhatABuilderHasBuilt() throws IOException {
    countWords();
    Topology topology = video.addTo(builder.build(), file("name: yard"));

    try (Driven driven = Driven.by(topology, directory)) {
      driven.play(Topic.frames("frames"), "gate", 8);
      driven.send(text("words"), "a", "one");

      assertThat(driven.values(Topic.captions("captions")))
          .extracting(Caption::stream, Caption::text)
          .containsExactly(
              tuple("gate", "a car in 16 frames"), tuple("gate", "a car in 16 frames"));
      assertThat(driven.values(COUNTS)).containsExactly(1L);
    }
  }

  @Test
  void whatTheApplicationHasStaysAsItIs() throws IOException {
    countWords();
    Topology topology = builder.build();
    String before = topology.describe().toString();

    video.addTo(topology, file("name: yard"));

    assertThat(topology.describe().toString()).startsWith(before.stripTrailing());
  }

  @Test
  void aTopicThatTheApplicationReadsItselfIsRefused() throws IOException {
    read(builder, Topic.frames("frames"));
    Topology topology = builder.build();
    TopologyFile file = file("name: yard");

    assertThatThrownBy(() -> video.addTo(topology, file))
        .isInstanceOf(org.apache.kafka.streams.errors.TopologyException.class)
        .hasMessageContaining("frames");
  }

  @Test
  void aStreamOfTheApplicationsOwnBecomesAStreamOfCaptions() throws IOException {
    video
        .describe(pictures, file("name: yard"))
        .mapValues(Caption::text)
        .to("texts", Produced.with(Serdes.String(), Serdes.String()));

    try (Driven driven = drive()) {
      driven.play(PICTURES, "gate", 8);

      assertThat(driven.values(TEXTS)).containsExactly("a car in 16 frames", "a car in 16 frames");
      assertThat(driven.driver().producedTopicNames())
          .contains("texts")
          .doesNotContain("captions", "alerts", "dead-letters");
    }
  }

  @Test
  void alertsAndDeadLettersGoToTheTopicsOfTheFile() throws IOException {
    describe("name: yard\nalerts: [{name: car, query: car, cooldown: 1m}]", "described");

    try (Driven driven = drive()) {
      driven.play(PICTURES, "gate", 16);

      assertThat(driven.values(Topic.captions("described"))).hasSize(3);
      assertThat(driven.values(Topic.alerts("alerts"))).extracting(Alert::rule).containsOnly("car");
      assertThat(driven.records(DEAD))
          .extracting(VideoStreamsTest::end)
          .containsExactly(tuple("captions", "model"));
    }
  }

  @Test
  void whatIsNoFrameBatchOfAStreamIsADeadLetter() throws IOException {
    describe("name: yard\ninput: {max-bytes: 1KB}", "described");

    try (Driven driven = drive()) {
      driven.send(PICTURES, "gate", null);
      driven.send(PICTURES, null, FrameBatch.end());
      driven.send(PICTURES, "gate", FrameBatch.of(List.of(new Frame(0, new byte[1 << 10]))));

      List<TestRecord<byte[], byte[]>> letters = driven.records(DEAD);
      assertThat(letters)
          .extracting(VideoStreamsTest::end)
          .containsExactly(
              tuple("clips", "undecodable"),
              tuple("clips", "undecodable"),
              tuple("streams", "too-large"));
      assertThat(letters.get(2).getValue()).isEmpty();
      assertThat(Driven.header(letters.get(2), DeadLetter.MESSAGE))
          .matches("a record of 10\\d\\d bytes, input.max-bytes is 1024; .* raise it");
    }
  }

  @Test
  void streamsThatTheFileDoesNotNameAreLeftAlone() throws IOException {
    describe("name: yard\ninput: {streams: gate*}", "described");

    try (Driven driven = drive()) {
      driven.play(PICTURES, "yard", 8);
      driven.play(PICTURES, "gate-1", 8);

      assertThat(driven.values(Topic.captions("described")))
          .extracting(Caption::stream)
          .containsExactly("gate-1", "gate-1");
    }
  }

  @Test
  void oneStreamIsDescribedByTwoFiles() throws IOException {
    describe("name: yard", "one");
    describe("name: doors\nclips: {length: 2s}", "two");

    try (Driven driven = drive()) {
      driven.play(PICTURES, "gate", 4);

      assertThat(driven.values(Topic.captions("one"))).hasSize(1);
      assertThat(driven.values(Topic.captions("two"))).hasSize(2);
    }
  }

  @Test
  void everyNodeAndStoreOfTheStepIsNamedAfterTheFile() throws IOException {
    video.describe(pictures, file("name: yard\nalerts: [{name: car, query: car}]"));

    String topology = builder.build().describe().toString();
    assertThat(Pattern.compile("(?:Processor|Sink): (\\S+)").matcher(topology).results())
        .hasSize(10)
        .allMatch(node -> node.group(1).startsWith("yard-"));
    assertThat(topology)
        .contains("yard-reach", "yard-clips-streams", "yard-captions-pending", "yard-alerts-rules");
  }

  @Test
  void stepsBeforeItKeepTheirNumbersAndStores() throws IOException {
    countWords();
    StreamsBuilder described = new StreamsBuilder();
    KStream<String, FrameBatch> same = read(described, PICTURES);
    countWords(described);
    video.describe(same, file("name: yard"));

    assertThat(numbered(described)).isNotEmpty().isEqualTo(numbered(builder));
  }

  @Test
  void settingsLetTheLargestImagesPassAndKeepWhatWasGiven() throws IOException {
    assertThatThrownBy(() -> video.settings(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("add a topology file first");
    video.addTo(new Topology(), file("name: large\ninput: {max-bytes: 8MB}"));
    video.addTo(new Topology(), file("name: small"));
    Properties given = new Properties();
    given.put(StreamsConfig.APPLICATION_ID_CONFIG, "mine");

    Properties settings = video.settings(given);

    String request = StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    assertThat((Integer) settings.get(request)).isGreaterThan(8 << 20);
    assertThat(settings)
        .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "mine")
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
  }

  @Test
  void afterBringingDownNoClipStarts() throws IOException {
    describe("name: yard", "described");

    try (Driven driven = drive()) {
      video.bringDown(Duration.ofSeconds(1));
      driven.play(PICTURES, "gate", 8);

      assertThat(driven.values(Topic.captions("described"))).isEmpty();
    }
  }

  @Test
  void aModelThatIsNotThereIsRefusedWhereTheFileIsAdded() throws IOException {
    TopologyFile file = file("name: yard\nmodel: nothing");

    try (VideoStreams real = VideoStreams.open(directory)) {
      assertThatThrownBy(() -> real.addTo(new Topology(), file))
          .isInstanceOf(TopologyException.class)
          .hasMessageContaining("model: 'nothing' is neither a directory in");
    }
  }

  @Test
  void modelsAreClosedWithIt() {
    video.close();

    assertThat(closed).hasValue(1);
  }

  private static <K, V> KStream<K, V> read(StreamsBuilder builder, Topic<K, V> topic) {
    return builder.stream(topic.name(), Consumed.with(topic.keySerde(), topic.valueSerde()));
  }

  private static Topic<String, String> text(String name) {
    return new Topic<>(name, Serdes.String(), Serdes.String());
  }

  private void countWords() {
    countWords(builder);
  }

  private static void countWords(StreamsBuilder builder) {
    builder.stream("words", Consumed.with(Serdes.String(), Serdes.String()))
        .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count(Materialized.with(Serdes.String(), Serdes.Long()))
        .toStream()
        .to("counts", Produced.with(COUNTS.keySerde(), COUNTS.valueSerde()));
  }

  private void describe(String text, String to) throws IOException {
    Topic<String, Caption> described = Topic.captions(to);
    video
        .describe(pictures, file(text))
        .to(to, Produced.with(described.keySerde(), described.valueSerde()));
  }

  private Driven drive() {
    return Driven.by(builder.build(), directory);
  }

  private static Set<String> numbered(StreamsBuilder builder) {
    return Pattern.compile("K(STREAM|TABLE)[-A-Z]+\\d+")
        .matcher(builder.build().describe().toString())
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private TopologyFile file(String text) throws IOException {
    return TopologyFile.read(
        Files.writeString(Files.createTempFile(directory, "topology", ".yaml"), text));
  }

  private static Tuple end(TestRecord<?, ?> letter) {
    return tuple(Driven.header(letter, DeadLetter.STAGE), Driven.header(letter, DeadLetter.REASON));
  }
}
