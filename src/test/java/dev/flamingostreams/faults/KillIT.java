package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application is killed at random moments while frames keep coming. */
class KillIT {
  private static final int KILLS = Integer.getInteger("flamingo.kills", 5);
  private static final long SEED = Long.getLong("flamingo.seed", System.nanoTime());
  private static final int MOST_MILLIS_UP = 3_000;

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void nothingIsLostAndNothingTwiceWhenTheApplicationIsKilled() {
    System.out.printf("kills: %d, -Dflamingo.seed=%d%n", KILLS, SEED);
    Random random = new Random(SEED);
    lab.startBroker();
    TopologyFile file = lab.topology(Topologies.OVERLAPPING, 4);
    Instance app = lab.instance("app", file, "num.stream.threads=2", "group.instance.id=app");
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", Camera.several(8, file)));
    feeder.keepSending(100);
    for (int kill = 0; kill < KILLS; kill++) {
      Forked run = app.start("takes=5");
      if (random.nextInt(3) > 0) {
        run.awaitLine("running");
      }
      assertThat(run.runFor(random.nextInt(MOST_MILLIS_UP))).as("it ended by itself").isFalse();
      run.kill();
    }
    Forked last = app.startAndAwait("takes=5");
    feeder.finish();
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    last.await("it described all", () -> seen.hasAll(feeder.due()));
    assertThat(last.stop()).isZero();
    Seen clean = Verdict.clean(lab.servers(), file, feeder.due());
    System.out.printf(
        "%d captions, %d alerts, %d clips in flight at two kills%n",
        clean.captions().size(), clean.alerts().size(), clean.deadClips().size());
  }
}
