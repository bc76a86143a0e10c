package dev.flamingostreams.plugin;

import org.junit.jupiter.api.Test;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import dev.flamingostreams.captions.Landing;

class TopologyReferenceTest {
  @Test
  void print() {
    TopologyFile file = TopologyFile.read(Path.of("topologies/scenes"));
    System.out.println(VideoTopology.addTo(new Topology(), file, () -> { throw new IllegalStateException(); }, Ledgers.create()).describe());
    Stages s = Stages.of(file, () -> { throw new IllegalStateException(); }, Ledgers.create(), new Landing());
    for (var x : java.util.List.of(s.clips("x"), s.captions("x"), s.alerts())) for (var b : x.stores()) System.out.println(b.name() + " " + b.loggingEnabled() + " " + new java.util.TreeMap<>(b.logConfig()) + " " + b.getClass());
    TopicPlan.of(file).forEach(System.out::println);
  }
}
