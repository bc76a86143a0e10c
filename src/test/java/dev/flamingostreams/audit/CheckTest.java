package dev.flamingostreams.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  // windows of 1 s with 4 points, at least 2 frames, 100 ms grace, 2 s gap
  private static final String FILE =
      """
      name: yard
      input: {streams: cam*}
      clips: {length: 1s, rate: 4/s, min-frames: 2, grace: 100ms, session-gap: 2s%s}
      alerts:
      - {name: car, query: car, cooldown: 3s}
      """;

  @TempDir Path directory;

  private final FakeTopics topics = new FakeTopics();
  private TopologyFile file;

  @BeforeEach
  void read() throws IOException {
    file = file("");
  }

  @Test
  void allIsWellWhereEveryClipHasOneCaptionOrOneDeadLetter() {
    run(topics.film("cam", 0, 10_300).film("cam-2", 500, 4_000).film("other", 0, 3_000));

    AuditReport report = check();

    assertThat(report.well()).isTrue();
    assertThat(report.behind()).isZero();
    assertThat(report.streams()).isEqualTo(2);
    assertThat(report.clips()).isEqualTo(new Tally(13, 13, 0, 0, 0, 0, 0));
    assertThat(report.captioned()).isEqualTo(12);
    assertThat(report.deadLettered()).isEqualTo(Map.of("model", 1L));
    assertThat(report.alerts()).isEqualTo(new Tally(5, 5, 0, 0, 0, 0, 0));
    assertThat(report.frames()).containsEntry("in clips", 52L).containsEntry("open", 4L);
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void windowsThatAreOpenAreNotDue() {
    run(topics.film("cam", 0, 1_000));

    assertThat(check().clips().due()).isZero();
  }

  @Test
  void markersCloseWindows() {
    run(
        topics
            .film("cam", 0, 1_000)
            .batch("cam", FrameBatch.idleUntil(1_100_000))
            .film("cam", 2_000, 3_000)
            .batch("cam", FrameBatch.end())
            .film("cam", 500, 1_500));

    assertThat(check().clips()).isEqualTo(new Tally(2, 2, 0, 0, 0, 0, 0));
    assertThat(check().frames()).containsEntry("duplicate", 4L);
  }

  @Test
  void aCaptionThatIsGoneIsMissing() {
    run(topics.film("cam", 0, 6_300));
    topics.drop("captions", 2);

    AuditReport report = check();

    assertThat(report.well()).isFalse();
    assertThat(report.clips().missing()).isEqualTo(1);
    assertThat(report.problems().get("missing clips"))
        .containsExactly("cam@2000000.0.%s, closed by frames-0@13".formatted(file.clips().hash()));
    assertThat(report.problems()).containsOnlyKeys("missing clips");
  }

  @Test
  void aClipThatMayBeUnchangedIsNotMissing() throws IOException {
    run(topics.film("cam", 0, 6_300));
    file = file("}\ncaptions: {unchanged: omit");
    topics.drop("captions", 2);

    assertThat(check().well()).isTrue();
    assertThat(check().notes())
        .containsExactly("1 clips have no record: unchanged ones are omitted");

    topics.drop("captions", 0); // nothing is before it that it could look like
    assertThat(check().clips().missing()).isEqualTo(1);
  }

  @Test
  void aDeadLetterThatIsGoneIsMissing() {
    run(topics.film("cam", 0, 9_300));
    topics.drop("dead-letters", 0);

    assertThat(check().problems().get("missing clips"))
        .singleElement()
        .asString()
        .startsWith("cam@7000000.");
  }

  @Test
  void aCaptionThatIsThereTwiceIsDoubled() {
    run(topics.film("cam", 0, 6_300)).again("captions", 1);

    AuditReport report = check();

    assertThat(report.clips()).isEqualTo(new Tally(6, 6, 0, 1, 0, 0, 0));
    assertThat(report.captioned()).isEqualTo(6);
    assertThat(report.problems().get("doubled clips"))
        .containsExactly(
            "cam@1000000.0.%s at captions-0@6, first at captions-0@1"
                .formatted(file.clips().hash()));
  }

  @Test
  void aCaptionAndADeadLetterOfOneClipAreTwo() {
    run(topics.film("cam", 0, 9_300));
    ConsumerRecord<byte[], byte[]> letter = topics.drop("dead-letters", 0);
    letter.headers().remove("flamingo.clip");
    letter
        .headers()
        .add("flamingo.clip", "cam@0.0.%s".formatted(file.clips().hash()).getBytes(UTF_8));
    topics.append("dead-letters", letter);

    AuditReport report = check();

    assertThat(report.clips().doubled()).isEqualTo(1);
    assertThat(report.clips().missing()).isEqualTo(1);
  }

  @Test
  void aCaptionOfAClipThatShouldNotExistIsUnexpected() {
    FakeTopics more = run(new FakeTopics().film("cam", 0, 9_300));
    run(topics.film("cam", 0, 7_300));
    topics.append("captions", more.drop("captions", 7));

    assertThat(check().clips().unexpected()).isEqualTo(1);
    assertThat(check().problems()).containsOnlyKeys("unexpected clips");
  }

  @Test
  void captionsOfAStreamAreInTheOrderOfTheirWindows() {
    run(topics.film("cam", 0, 6_300));
    topics.append("captions", topics.drop("captions", 1));

    AuditReport report = check();

    assertThat(report.disordered()).isEqualTo(1);
    assertThat(report.problems().get("captions out of order"))
        .containsExactly("cam@1000000.0.%s at captions-0@6".formatted(file.clips().hash()));
  }

  @Test
  void captionsOfOtherRulesAreCountedAndNotJudged() throws IOException {
    run(topics.film("cam", 0, 6_300));
    file = file(", hop: 500ms");

    AuditReport report = check();

    assertThat(report.otherRules()).isEqualTo(6);
    assertThat(report.clips().unexpected()).isZero();
    assertThat(report.alerts()).isEqualTo(new Tally(0, 0, 0, 0, 0, 0, 2));
    assertThat(report.clips().missing()).isEqualTo(11);
  }

  @Test
  void whatTheTopologyHasNotReadIsNotMissing() {
    run(topics.film("cam", 0, 3_300));
    topics.film("cam", 3_500, 6_300).committed(14);

    AuditReport report = check();

    assertThat(report.well()).isTrue();
    assertThat(report.behind()).isEqualTo(12);
    assertThat(report.clips()).isEqualTo(new Tally(6, 3, 0, 0, 0, 3, 0));
    assertThat(report.notes())
        .containsExactly("the topology is 12 records behind; --wait waits for it");
  }

  @Test
  void itWaitsForWhatIsNotReadOrNotDescribed() {
    run(topics.film("cam", 0, 6_300));
    ConsumerRecord<byte[], byte[]> last = topics.drop("captions", 5);
    topics
        .committed(20)
        .then(
            () -> {
              topics.committed(26);
              topics.then(() -> topics.append("captions", last));
            });

    AuditReport report = new Check(file, topics).run(Duration.ofMinutes(1));

    assertThat(report.well()).isTrue();
    assertThat(report.clips().found()).isEqualTo(6);
  }

  @Test
  void whatIsDueLaterAndWrittenWhileItWaitsIsNotJudged() {
    FakeTopics more = run(new FakeTopics().film("cam", 0, 9_300));
    run(topics.film("cam", 0, 6_300));
    ConsumerRecord<byte[], byte[]> missing = topics.drop("captions", 5);
    topics.then(
        () -> {
          topics.append("captions", missing);
          topics.append("captions", more.drop("captions", 6));
          topics.append("alerts", more.drop("alerts", 2));
          topics.append("dead-letters", undecodable("frames-0@99"));
        });

    AuditReport report = new Check(file, topics).run(Duration.ofMinutes(1));

    assertThat(report.problems()).isEmpty();
    assertThat(report.clips()).isEqualTo(new Tally(6, 6, 0, 0, 0, 0, 0));
    assertThat(report.undecodable().unexpected()).isZero();
  }

  @Test
  void whatWasTooLargeForAHostExcusesItsStream() {
    run(topics.film("cam", 0, 6_300));
    topics.drop("captions", 2);
    RecordHeaders headers = new RecordHeaders();
    DeadLetter.sign(headers, "streams", "too-large", "of a host");
    DeadLetter.set(headers, DeadLetter.ORIGIN, "frames-0@8");
    topics.append("dead-letters", letter(headers));

    AuditReport report = check();
    assertThat(report.well()).isTrue();
    assertThat(report.clips()).isEqualTo(new Tally(6, 5, 0, 0, 0, 0, 1));
  }

  private static ConsumerRecord<byte[], byte[]> undecodable(String origin) {
    RecordHeaders headers = new RecordHeaders();
    DeadLetter.set(headers, DeadLetter.ORIGIN, origin);
    return letter(headers);
  }

  private static ConsumerRecord<byte[], byte[]> letter(RecordHeaders headers) {
    return new ConsumerRecord<>(
        "dead-letters",
        0,
        0,
        0,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        "cam".getBytes(UTF_8),
        new byte[0],
        headers,
        Optional.empty());
  }

  @Test
  void whatIsNotReadWhenTheTimeIsOverIsMissing() {
    run(topics.film("cam", 0, 3_300));
    topics.film("cam", 3_500, 6_300).committed(14);

    assertThat(new Check(file, topics).run(Duration.ofMillis(1)).clips().missing()).isEqualTo(3);
  }

  @Test
  void whatIsTooLargeIsADeadLetterWithoutAValue() {
    topics.raw("cam".getBytes(UTF_8), new byte[2 << 20]).film("cam", 0, 3_300);
    run(topics);

    AuditReport report = check();
    assertThat(report.well()).isTrue();
    assertThat(report.undecodable()).isEqualTo(new Tally(1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void whatCannotBeDecodedIsADeadLetterOnce() {
    topics
        .raw("cam".getBytes(UTF_8), "garbage".getBytes(UTF_8))
        .keyless("garbage".getBytes(UTF_8))
        .raw("other".getBytes(UTF_8), "garbage".getBytes(UTF_8))
        .batch("cam", FrameBatch.of(List.of(FakeTopics.frame(0), FakeTopics.hugeFrame(250))));
    run(topics);
    assertThat(check().well()).isTrue();
    assertThat(check().undecodable()).isEqualTo(new Tally(3, 3, 0, 0, 0, 0, 0));

    topics.again("dead-letters", 0).drop("dead-letters", 2);

    AuditReport report = check();
    assertThat(report.undecodable()).isEqualTo(new Tally(3, 2, 1, 1, 0, 0, 0));
    assertThat(report.problems().get("missing dead letters of frames"))
        .containsExactly("frames-0@3, frame 250000");
    assertThat(report.problems().get("doubled dead letters of frames"))
        .containsExactly("frames-0@0 at dead-letters-0@3");
  }

  @Test
  void anAlertIsMissingDoubledOrUnexpected() {
    run(topics.film("cam", 0, 13_300));
    assertThat(topics.count("alerts")).isEqualTo(5);
    ConsumerRecord<byte[], byte[]> second = topics.drop("alerts", 1);
    topics.again("alerts", 0);

    AuditReport report = check();

    assertThat(report.alerts()).isEqualTo(new Tally(5, 4, 1, 1, 0, 0, 0));
    assertThat(report.problems().get("missing alerts"))
        .singleElement()
        .asString()
        .startsWith("car on cam@3000000.0.")
        .endsWith(", of captions-0@3");
    assertThat(report.problems().get("doubled alerts"))
        .singleElement()
        .asString()
        .startsWith("car on cam@0.0.")
        .endsWith(" at alerts-0@0");

    topics.drop("captions", 3);
    topics.append("alerts", second);
    assertThat(check().problems().get("unexpected alerts"))
        .anyMatch(line -> line.startsWith("car on cam@3000000.0."));
  }

  @Test
  void anAlertOnACaptionThatIsNotReadAnyMoreIsNotJudged() {
    run(topics.film("cam", 0, 13_300));
    while (topics.count("captions") > 4) {
      topics.drop("captions", 4);
    }
    topics.committed(18).late(2);

    assertThat(check().well()).isTrue();
  }

  @Test
  void whatIsNoCaptionIsAProblem() {
    run(topics.film("cam", 0, 3_300));
    ConsumerRecord<byte[], byte[]> garbage =
        new ConsumerRecord<>("captions", 0, 0, "cam".getBytes(UTF_8), "garbage".getBytes(UTF_8));

    topics.append("captions", garbage);

    assertThat(check().problems().get("records that are no caption"))
        .containsExactly("captions-0@3");
  }

  private FakeTopics run(FakeTopics on) {
    return on.run(file, directory.resolve("state-" + System.identityHashCode(on)));
  }

  private AuditReport check() {
    return new Check(file, topics).run(Duration.ZERO);
  }

  private TopologyFile file(String more) throws IOException {
    return TopologyFile.read(
        Files.writeString(directory.resolve("topology.yaml"), FILE.formatted(more)));
  }
}
