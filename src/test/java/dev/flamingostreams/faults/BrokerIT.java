package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The broker goes away under an instance that runs. */
class BrokerIT {
  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void nothingIsLostAndNothingTwiceWhenTheBrokerIsStoppedAndStartedAgain() {
    BrokerRuns broker = lab.forkBroker();
    TopologyFile file = lab.topology(Topologies.OVERLAPPING, 4);
    Forked app = lab.instance("app", file, "num.stream.threads=2").startAndAwait("takes=5");
    List<Camera> cameras = Camera.several(4, file);
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    feeder.keepSending(100);
    seen.awaitMore(app, cameras, 4);
    for (int time = 0; time < 2; time++) {
      broker.stop();
      broker.start();
      seen.awaitMore(app, cameras, 4);
    }

    feeder.finish();
    app.await("all is described", () -> seen.hasAll(feeder.due()));
    assertThat(app.stop()).isZero();
    Verdict.clean(lab.servers(), file, feeder.due());
  }
}
