package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A model that takes longer than a transaction may, with the settings of Kafka Streams as they are:
 * no transaction is aborted and the group is never balanced again.
 */
class SlowModelIT {
  /** Of one second each; {@code -Pchaos} has 60. */
  private static final int CLIPS = Integer.getInteger("flamingo.slow.clips", 12);

  private static final int CHEAP_RECORDS = 6_000;
  private static final String WAITS = "captions: {max-pending: 2, max-in-flight: 2}\n";
  private static final String[] AS_THEY_ARE = {
    "session.timeout.ms=45000", "heartbeat.interval.ms=3000"
  };

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void sixThousandCheapRecordsThenClipsOfOneSecond() {
    lab.startBroker();
    TopologyFile file = lab.topology(Topologies.SIDE_BY_SIDE + WAITS, 1);
    Camera cheap = Camera.cheap("cheap", file.clips(), 0.1);
    Camera slow = Camera.cheap("slow", file.clips(), 4);
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", List.of(cheap, slow)));
    for (int i = 0; i < CHEAP_RECORDS; i++) {
      feeder.send(cheap);
    }
    while (slow.due().size() < CLIPS) {
      feeder.send(slow);
    }
    feeder.finish();
    describe(file, feeder, "takes=1000");
  }

  @Test
  void clipsOfFiveSecondsAndEightPartitionsOnOneThread() {
    lab.startBroker();
    TopologyFile file = lab.topology(Topologies.SIDE_BY_SIDE + WAITS, 8);
    List<Camera> cameras =
        IntStream.range(0, 8).mapToObj(i -> Camera.cheap("c" + i, file.clips(), 4)).toList();
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    for (int partition = 0; partition < 8; partition++) {
      Camera camera = cameras.get(partition);
      while (camera.due().size() < Math.max(1, CLIPS / 24)) {
        feeder.send(partition, camera);
      }
    }
    feeder.flush();
    describe(file, feeder, "takes=5000");
  }

  private void describe(TopologyFile file, Feeder feeder, String model) {
    Instance app = lab.instance("app", file, AS_THEY_ARE);
    Forked run = app.startAndAwait(model);
    String rebalances = run.awaitLine("rebalances:");
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    run.await("all is described", () -> seen.hasAll(feeder.due()));
    assertThat(run.stop()).isZero();

    assertThat(run.awaitLine("rebalances:")).as("rebalances").isEqualTo(rebalances);
    assertThat(run.awaitLine("aborts:")).as("aborts").isEqualTo("0 ns");
    Verdict.clean(lab.servers(), file, feeder.due());
    try (Seen all = Seen.all(lab.servers(), file).readToEnd()) {
      assertThat(all.captions()).as("captions, aborted or not").hasSize(feeder.due().size());
    }
  }
}
