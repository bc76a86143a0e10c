package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several instances share the partitions and stand by for each other. */
class InstancesIT {
  private static final Predicate<String> STANDS_BY =
      Pattern.compile("New standby tasks: +\\[\\d").asPredicate();

  @RegisterExtension private final Lab lab = new Lab();

  @Test
  void threeInstancesGoOnWhenOneIsKilledAndComesBack() {
    lab.startBroker();
    TopologyFile file = lab.topology(Topologies.OVERLAPPING, 4);
    List<Instance> instances =
        Stream.of("a", "b", "c")
            .map(name -> lab.instance(name, file, "num.standby.replicas=1"))
            .toList();
    List<Camera> cameras = Camera.several(8, file);
    Feeder feeder = lab.closing(new Feeder(lab.servers(), "frames", cameras));
    Seen seen = lab.closing(Seen.committed(lab.servers(), file));
    feeder.keepSending(300);
    instances.forEach(instance -> instance.start("takes=30"));
    instances.forEach(instance -> instance.run().awaitLine("running"));
    seen.awaitMore(instances.get(0).run(), cameras, 4);

    instances.get(1).run().kill();
    seen.awaitMore(instances.get(0).run(), cameras, 4);
    instances.get(1).startAndAwait("takes=30");
    seen.awaitMore(instances.get(0).run(), cameras, 4);

    feeder.finish();
    instances.get(0).run().await("all is described", () -> seen.hasAll(feeder.due()));
    assertThat(instances).allSatisfy(instance -> assertThat(instance.run().stop()).isZero());
    assertThat(instances.stream().flatMap(instance -> instance.outputs().stream()))
        .as("standby tasks in the logs")
        .anyMatch(STANDS_BY);
    Verdict.clean(lab.servers(), file, feeder.due());
  }
}
