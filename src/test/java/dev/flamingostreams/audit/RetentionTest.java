package dev.flamingostreams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.FrameBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is gone is no error, and is counted. */
class RetentionTest {
  private static final String FILE =
      """
      name: yard
      clips: {length: 1s, rate: 4/s, min-frames: 2, grace: 100ms, session-gap: 2s%s}
      alerts:
      - {name: car, query: car, cooldown: 3s}
      """;

  @TempDir Path directory;

  private final FakeTopics topics = new FakeTopics();

  @Test
  void aSessionThatBeganBeforeTheFirstFrameThatIsKeptIsNotJudged() throws IOException {
    TopologyFile file = run("", topics.film("cam", 0, 10_300));
    topics.removeBefore("frames", 5);

    AuditReport report = check(file);

    assertThat(report.well()).isTrue();
    assertThat(report.clips().due()).isZero();
    assertThat(report.clips().unchecked()).isEqualTo(10);
    assertThat(report.notes())
        .containsExactly(
            "10 clips or captions are not judged: retention has removed frames or captions");
  }

  @Test
  void aSessionThatSurelyBeganAfterItIsJudged() throws IOException {
    TopologyFile file = run("", topics.film("cam", 0, 6_300).film("cam", 10_000, 14_300));
    topics.removeBefore("frames", 5);
    assertThat(check(file).well()).isTrue();
    assertThat(check(file).clips()).isEqualTo(new Tally(4, 4, 0, 0, 0, 0, 7));

    topics.drop("captions", 8);

    AuditReport report = check(file);
    assertThat(report.clips().missing()).isEqualTo(1);
    assertThat(report.problems().get("missing clips"))
        .singleElement()
        .asString()
        .startsWith("cam@11000000.");
  }

  @Test
  void runsThatAreGoneDoNotMakeIdsUnknown() throws IOException {
    TopologyFile file =
        run(
            "",
            topics
                .film("cam", 0, 3_000)
                .batch("cam", FrameBatch.end())
                .film("cam", 20_000, 22_300)
                .film("cam", 30_000, 33_300));
    topics.removeBefore("frames", 14);

    AuditReport report = check(file);

    assertThat(report.well()).isTrue();
    assertThat(report.clips().due()).isEqualTo(3);

    topics.again("captions", topics.count("captions") - 1);
    assertThat(check(file).clips().doubled()).isEqualTo(1);
  }

  @Test
  void aFileThatIsSentAgainAfterItsFirstFramesAreGoneIsNotJudged() throws IOException {
    TopologyFile file =
        run(
            "",
            topics
                .film("cam", 0, 6_000)
                .batch("cam", FrameBatch.end())
                .film("cam", 0, 6_000)
                .batch("cam", FrameBatch.end()));
    topics.removeBefore("frames", 20).drop("captions", 1);

    AuditReport report = check(file);

    assertThat(report.frames()).containsEntry("in clips", 28L);
    assertThat(report.well()).isTrue();
  }

  @Test
  void alignedToTheEpochWindowsAreJudgedFromTheFirstThatIsWhole() throws IOException {
    TopologyFile file = run(", align: epoch", topics.film("cam", 0, 10_300));
    topics.removeBefore("frames", 5); // 1.25 s; no clock was ahead by more than grace and gap

    AuditReport report = check(file);

    assertThat(report.well()).isTrue();
    assertThat(report.clips().due()).isEqualTo(9);
    topics.drop("captions", 5);
    assertThat(check(file).clips().missing()).isEqualTo(1);
    topics.drop("captions", 1);
    assertThat(check(file).clips().missing()).isEqualTo(1);
  }

  @Test
  void captionsOfAStreamWhoseFramesAreAllGoneAreNotJudged() throws IOException {
    TopologyFile file = run("", topics.film("old", 0, 3_300).film("cam", 0, 6_300));
    topics.removeBefore("frames", 20);

    AuditReport report = check(file);

    assertThat(report.well()).isTrue();
    assertThat(report.streams()).isEqualTo(1);
    assertThat(report.clips().unchecked()).isEqualTo(9);
  }

  @Test
  void captionsThatAreGoneAreNotMissing() throws IOException {
    TopologyFile file = run("", topics.film("cam", 0, 6_300));
    topics.removeBefore("captions", 2).removeBefore("alerts", 1);
    assertThat(check(file).well()).isTrue();
    assertThat(check(file).clips()).isEqualTo(new Tally(6, 4, 0, 0, 0, 0, 2));
    assertThat(check(file).alerts().due()).isEqualTo(1);

    topics.drop("captions", 4);

    assertThat(check(file).clips().missing()).isEqualTo(1);
  }

  @Test
  void captionsThatAreAllGoneAreNotMissing() throws IOException {
    TopologyFile file = run("", topics.film("cam", 0, 6_300));
    topics.removeBefore("captions", 6).removeBefore("alerts", 2);

    assertThat(check(file).well()).isTrue();
    assertThat(check(file).clips()).isEqualTo(new Tally(6, 0, 0, 0, 0, 0, 6));
  }

  @Test
  void alertsAreJudgedAgainFromTheFirstThatIsKept() throws IOException {
    TopologyFile file = run("", topics.film("cam", 0, 13_300));
    topics.removeBefore("captions", 2);
    assertThat(check(file).well()).isTrue();
    assertThat(check(file).alerts()).isEqualTo(new Tally(4, 4, 0, 0, 0, 0, 2));

    topics.drop("alerts", 3);

    assertThat(check(file).alerts().missing()).isEqualTo(1);
  }

  @Test
  void deadLettersThatAreGoneAreNotMissing() throws IOException {
    topics.keyless(new byte[] {1});
    TopologyFile file = run("", topics.film("cam", 0, 9_300));
    topics.removeBefore("dead-letters", 2);

    AuditReport report = check(file);

    assertThat(report.well()).isTrue();
    assertThat(report.clips().unchecked()).isEqualTo(1);
    assertThat(report.undecodable().unchecked()).isEqualTo(1);
  }

  @Test
  void clipsThatTheWallClockClosedAreAcceptedIfTheirFramesExist() throws IOException {
    TopologyFile file = file(", flush: 1s");
    topics.film("cam", 0, 2_500).film("cam", 2_750, 6_300);
    topics.run(file, directory.resolve("state"), Optional.of(9));

    AuditReport report = check(file);

    assertThat(report.problems()).isEmpty();
    assertThat(report.notes()).anyMatch(note -> note.startsWith("flush lets the wall clock"));
  }

  private TopologyFile run(String rules, FakeTopics on) throws IOException {
    TopologyFile file = file(rules);
    on.run(file, directory.resolve("state"));
    return file;
  }

  private AuditReport check(TopologyFile file) {
    return new Check(file, topics).run(Duration.ZERO);
  }

  private TopologyFile file(String more) throws IOException {
    return TopologyFile.read(
        Files.writeString(directory.resolve("topology.yaml"), FILE.formatted(more)));
  }
}
