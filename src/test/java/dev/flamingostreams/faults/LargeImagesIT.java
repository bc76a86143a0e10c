package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.audit.Audit;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Clip;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Images as large as the input topic lets a record be, in the store and back from its changelog.
 */
class LargeImagesIT {
  private static final int MAX_BYTES = 3 << 20;

  /** What a batch of one record with a key of three letters adds to its value. */
  private static final int OVERHEAD = 77;

  private static final int IMAGES = 24;
  private static final String TOPOLOGY =
      """
      name: yard
      input: {max-bytes: 3MB}
      clips: {length: 4s, hop: 2s, rate: 2/s, store: disk}
      """;

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void imagesAreRestoredFromTheChangelogWhenTheStateIsGone() throws IOException {
    lab.startBroker();
    TopologyFile onDisk = lab.topology("disk", TOPOLOGY, 1);
    TopologyFile inMemory = lab.topology("memory", TOPOLOGY.replace("disk", "memory"), 1);
    List<String> due = send(onDisk);
    Instance app = lab.instance("disk", onDisk);
    Forked hanging = app.startAndAwait("hangs=0-999");
    hanging.await("all is read", () -> behind(onDisk) == 0);
    hanging.kill();
    Lab.delete(app.stateDirectory());

    Forked restored = lab.instance("memory", inMemory).startAndAwait("");
    Seen seen = lab.closing(Seen.committed(lab.servers(), inMemory));
    restored.await("all is described", () -> seen.hasAll(due));
    assertThat(restored.stop()).isZero();
    Seen clean = Verdict.clean(lab.servers(), inMemory, due);
    assertThat(clean.deadClips()).isEmpty();
    assertThat(clean.dead("undecodable")).isEqualTo(1);
  }

  private List<String> send(TopologyFile file) {
    Due due = new Due();
    StreamWindows windows = new StreamWindows("big", file.clips());
    try (Feeder feeder = new Feeder(lab.servers(), "frames", List.of())) {
      for (int i = 0; i < IMAGES; i++) {
        long millis = 500L * i;
        feeder.send(record(millis, Pictures.sized("big", millis, MAX_BYTES - OVERHEAD)));
        windows.frame(millis * 1_000, MAX_BYTES - OVERHEAD, due);
        windows.closeDue(due);
      }
      feeder.send(record(0, new byte[MAX_BYTES - OVERHEAD]));
      feeder.flush();
    }
    try (Feeder feeder = new Feeder(lab.servers(), "frames", List.of())) {
      feeder.send(record(0, new byte[MAX_BYTES - OVERHEAD + 1]));
      assertThatThrownBy(feeder::flush).hasRootCauseInstanceOf(RecordTooLargeException.class);
    }
    return due.clips().stream().map(Clip::id).toList();
  }

  private static ProducerRecord<byte[], byte[]> record(long millis, byte[] value) {
    return new ProducerRecord<>("frames", 0, millis, "big".getBytes(UTF_8), value);
  }

  private long behind(TopologyFile file) {
    return Audit.check(Map.of("bootstrap.servers", lab.servers()), file, Duration.ZERO).behind();
  }
}
