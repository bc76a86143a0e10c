package dev.flamingostreams.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.clips.FrameRecord;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.MalformedRecordException;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cameras do and retention removes, a sound topology is found sound. */
class RetentionPropertyTest {
  private static final int STREAMS = 200;
  private static final int RECORDS = 250;
  private static final String FILE =
      """
      name: yard
      clips: {length: 1s, rate: 4/s, min-frames: 2, grace: 300ms, session-gap: 2s, %s}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"align: anchor", "align: epoch", "hop: 400ms", "hop: 400ms, align: epoch"})
  void whatIsOnlyGoneIsNoProblem(String rules) throws IOException {
    TopologyFile file =
        TopologyFile.read(
            Files.writeString(directory.resolve("topology.yaml"), FILE.formatted(rules)));
    long judged = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      Random random = new Random(seed);
      FakeTopics topics = film(random);
      describe(topics, file.clips());
      int clips = topics.count("captions");
      assertThat(check(topics, file).clips())
          .as("seed %d, all kept", seed)
          .isEqualTo(new Tally(clips, clips, 0, 0, 0, 0, 0));
      for (int i = 0; i < 5; i++) {
        long gone = 1L + random.nextInt(RECORDS - 1);
        topics.removeBefore("frames", gone);
        topics.removeBefore("captions", i < 3 ? 0 : random.nextInt(clips + 1));
        AuditReport report = check(topics, file);
        assertThat(report.problems()).as("seed %d, %d gone", seed, gone).isEmpty();
        judged += report.clips().found();
      }
    }
    assertThat(judged).as("judged in spite of what is gone").isPositive();
  }

  /** A camera with jitter, repetitions, silences, idle and end markers, and a clock that jumps. */
  private static FakeTopics film(Random random) {
    FakeTopics topics = new FakeTopics();
    long time = random.nextInt(10_000);
    while (topics.count("frames") < RECORDS) {
      time += 50 + random.nextInt(250);
      switch (random.nextInt(60)) {
        case 0 -> time += 2_001 + random.nextInt(3_000);
        case 1 -> time += 6_000 + random.nextInt(20_000);
        case 2 -> time -= random.nextInt(20_000);
        case 3 -> topics.batch("cam", FrameBatch.end());
        case 4 -> topics.batch("cam", FrameBatch.idleUntil((time + random.nextInt(4_000)) * 1_000));
        case 5 -> topics.frames("cam", time - random.nextInt(3_000));
        default -> topics.frames("cam", time - random.nextInt(300));
      }
    }
    return topics;
  }

  private static void describe(FakeTopics topics, ClipRules rules) {
    StreamWindows windows = new StreamWindows("cam", rules);
    topics.read("frames", record -> frames(record).cut(windows, new Describing(topics)));
  }

  private static FrameRecord frames(ConsumerRecord<byte[], byte[]> record) {
    try {
      return FrameRecord.read(record.key(), record.value(), record.timestamp());
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  private AuditReport check(FakeTopics topics, TopologyFile file) {
    return new Check(file, topics).run(Duration.ZERO);
  }

  /** A caption for each clip. */
  private record Describing(FakeTopics topics) implements FrameRecord.Outcome {
    @Override
    public void clip(Clip clip) {
      Caption caption =
          new Caption(
              clip.stream(),
              clip.id(),
              clip.startMicros(),
              clip.endMicros(),
              clip.frameMicros().size(),
              clip.frameMicros(),
              "a car",
              0,
              false,
              "",
              "",
              "",
              "",
              new Caption.Timing(0, 0, 0),
              false);
      byte[] value = Topic.captions("captions").valueSerde().serializer().serialize("", caption);
      topics.append(
          "captions", new ConsumerRecord<>("captions", 0, 0, "cam".getBytes(UTF_8), value));
    }

    @Override
    public void settled(long run, long captureMicros, Fate fate) {}

    @Override
    public void taken(long run, Frame frame) {}

    @Override
    public void undecodable(Frame frame, String fault) {}
  }
}
