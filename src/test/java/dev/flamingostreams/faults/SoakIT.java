package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Cameras and the default model for a long time: {@code -Psoak}, {@code -Dflamingo.soak=15m}. Heap,
 * process, state and changelogs are as large at the end as in the middle. The figures are in
 * target/faults/soak.csv, also of a run that is broken off.
 */
@Tag("soak")
class SoakIT {
  private static final Duration TIME =
      Duration.parse("PT" + System.getProperty("flamingo.soak", "15m").toUpperCase(Locale.ROOT));
  private static final long EVERY_MILLIS = 10_000;
  private static final long RECORD_MILLIS = 300;

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void nothingGrows() throws IOException {
    BrokerRuns broker = lab.forkBroker();
    TopologyFile file = lab.topology(Topologies.OVERLAPPING, 2);
    Instance instance = lab.instance("app", file);
    Forked app = instance.startAndAwait(InstanceProcess.REAL);
    SmallSegments.set(lab.servers());
    List<Camera> cameras =
        IntStream.range(0, 4)
            .mapToObj(i -> new Camera("camera-" + i, file.clips(), 8, new Loop("scene-" + i)))
            .toList();
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    Samples samples =
        new Samples(
            Path.of("target", "faults", "soak.csv"), app, instance.stateDirectory(), broker);
    feeder.keepSending(RECORD_MILLIS);
    long end = System.nanoTime() + TIME.toNanos();
    while (System.nanoTime() < end) {
      assertThat(app.runFor(EVERY_MILLIS)).as("it ended by itself").isFalse();
      samples.take(seen);
    }
    feeder.finish();
    app.await("all is described", () -> seen.hasAll(feeder.due()));
    assertThat(app.stop()).isZero();
    Verdict.clean(lab.servers(), file, feeder.due());
    samples.assertFlat();
  }
}
