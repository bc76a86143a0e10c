package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application goes on with other clip rules, and without its state directory. */
class RulesIT {
  private static final int RECORDS = 60;

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void windowsThatWereOpenUnderOldRulesAreClosedUnderThem() throws IOException {
    lab.startBroker();
    TopologyFile before = lab.topology("before", Topologies.OVERLAPPING, 4);
    TopologyFile after =
        lab.topology("after", Topologies.OVERLAPPING.replace("hop: 1s", "hop: 1500ms"), 4);
    List<Camera> cameras = Camera.several(4, before);
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    feeder.send(RECORDS);
    feeder.flush();
    Instance app = lab.instance("app", before);
    describe(app, feeder);
    Verdict.clean(lab.servers(), before, feeder.due());

    cameras.forEach(camera -> camera.cutBy(after.clips()));
    feeder.send(RECORDS);
    feeder.finish();
    Lab.delete(app.stateDirectory());
    describe(lab.instance("changed", after, "state.dir=" + app.stateDirectory()), feeder);

    try (Seen seen = Seen.committed(lab.servers(), after).readToEnd()) {
      assertThat(seen.captions().stream().map(Caption::clip))
          .containsExactlyInAnyOrderElementsOf(feeder.due());
      assertThat(seen.deadClips()).isEmpty();
      assertThat(count(feeder, before)).isPositive();
      assertThat(count(feeder, after)).isPositive();
    }
  }

  private void describe(Instance app, Feeder feeder) {
    Forked run = app.startAndAwait("takes=1");
    try (Seen seen = Seen.committed(lab.servers(), app.topology())) {
      run.await("all is described", () -> seen.hasAll(feeder.due()));
    }
    assertThat(run.stop()).isZero();
  }

  private static long count(Feeder feeder, TopologyFile file) {
    List<String> due = new ArrayList<>(feeder.due());
    due.removeIf(id -> !id.endsWith(file.clips().hash()));
    return due.size();
  }
}
