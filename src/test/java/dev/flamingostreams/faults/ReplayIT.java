package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Clip;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same frames, in another order and other batches, through the default model. */
class ReplayIT {
  private static final String TOPOLOGY =
      """
      name: %1$s
      input: {topic: %1$s-frames}
      clips: {length: 4s, hop: 1s, rate: 4/s, grace: 700ms}
      outputs: {captions: %1$s-captions, alerts: %1$s-alerts, dead-letters: %1$s-dead-letters}
      """;

  @RegisterExtension private final Lab lab = new Lab();

  private final List<Recording> recordings =
      Stream.of("gate", "yard", "door").map(stream -> Recording.of(stream, 5, 18)).toList();

  @Test
  void aShuffledReplayGivesTheSameCaptionsByteForByte() {
    lab.startBroker();
    Random random = new Random(7);
    Map<String, List<String>> straight = describe("straight", one -> one.inOrder(4));
    Map<String, List<String>> shuffled = describe("shuffled", one -> one.shuffled(690_000, random));

    assertThat(straight).hasSameSizeAs(recordings);
    assertThat(shuffled).isEqualTo(straight);
  }

  private Map<String, List<String>> describe(
      String name, Function<Recording, List<byte[]>> records) {
    TopologyFile file = lab.topology(name, TOPOLOGY.formatted(name), 2);
    try (Feeder feeder = new Feeder(lab.servers(), file.input().topic(), List.of())) {
      for (Recording recording : recordings) {
        records
            .apply(recording)
            .forEach(
                value ->
                    feeder.send(
                        new ProducerRecord<>(file.input().topic(), recording.key(), value)));
      }
      feeder.flush();
    }
    List<String> due = recordings.stream().flatMap(one -> due(one, file)).toList();
    Forked app = lab.instance(name, file).startAndAwait(InstanceProcess.REAL);
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    app.await("all is described", () -> seen.hasAll(due));
    assertThat(app.stop()).isZero();
    Seen clean = Verdict.clean(lab.servers(), file, due);
    assertThat(clean.deadClips()).isEmpty();
    return clean.withoutTiming();
  }

  private static Stream<String> due(Recording recording, TopologyFile file) {
    Due due = new Due();
    StreamWindows windows = new StreamWindows(recording.stream(), file.clips());
    recording
        .frames()
        .forEach(frame -> windows.frame(frame.captureMicros(), frame.image().length, due));
    windows.end(due);
    return due.clips().stream().map(Clip::id);
  }
}
