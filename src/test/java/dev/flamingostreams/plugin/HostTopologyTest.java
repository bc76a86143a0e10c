package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTopologyTest {
  private static final Consumed<String, String> TEXTS =
      Consumed.with(Serdes.String(), Serdes.String());

  @TempDir Path directory;

  private TopologyFile file;

  @BeforeEach
  void read() throws IOException {
    String text = "name: yard\nalerts:\n- {name: car, query: car}";
    file = TopologyFile.read(Files.writeString(directory.resolve("topology.yaml"), text));
  }

  @Test
  void nothingOfTheHostChangesWhenOursIsAdded() {
    TopologyDescription without = host().describe();
    TopologyDescription with = graft(host()).describe();
    int parts = without.subtopologies().size();
    assertThat(parts).isEqualTo(3);
    assertThat(with.globalStores()).isEqualTo(without.globalStores());
    assertThat(with.subtopologies()).containsAll(without.subtopologies()).hasSize(parts + 1);
    assertThat(with.subtopologies())
        .filteredOn(part -> !without.subtopologies().contains(part))
        .singleElement()
        .satisfies(
            part -> {
              int last = without.subtopologies().stream().mapToInt(p -> p.id()).max().orElseThrow();
              assertThat(part.id()).isGreaterThan(last);
              assertThat(part.nodes()).allMatch(node -> node.name().startsWith("yard-"));
            });
  }

  @Test
  void aHostThatHasNothingToDoWithUsIsTaken() {
    HostTopology.of(host()).refuse(file, HostTopology.of(graft(new Topology())));
  }

  @Test
  void aNodeOfTheSameNameIsRefused() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("lines", TEXTS).filter((k, v) -> true, Named.as("yard-clips"));
    assertRefused(builder, "the application has a node or store 'yard-clips' too; change the name");
  }

  @Test
  void aStoreOfTheSameNameIsRefused() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.table(
        "lines", TEXTS, org.apache.kafka.streams.kstream.Materialized.as("yard-captions-pending"));
    assertRefused(builder, "the application has a node or store 'yard-captions-pending' too");
  }

  @Test
  void anInputThatTheHostReadsIsRefused() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(List.of("lines", "frames"), TEXTS);
    assertRefused(builder, "the application reads topic frames itself, and can read it once only");
  }

  @Test
  void anInputOfAGlobalTableIsRefused() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.globalTable("frames", TEXTS);
    assertRefused(builder, "the application reads topic frames itself, and can read it once only");
  }

  @Test
  void topicsThatTheHostReadsByPatternAreRefusedOutputsToo() {
    StreamsBuilder inputs = new StreamsBuilder();
    inputs.stream(Pattern.compile("fram.*"), TEXTS);
    assertRefused(inputs, "the application reads every topic like fram.*, and so frames; give ");
    StreamsBuilder outputs = new StreamsBuilder();
    outputs.stream(Pattern.compile("capt.*"), TEXTS);
    assertRefused(outputs, "the application reads every topic like capt.*, and so captions; give ");
  }

  @Test
  void captionsMayBeReadByName() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("captions", TEXTS);
    HostTopology.of(builder.build()).refuse(file, HostTopology.of(graft(new Topology())));
  }

  private void assertRefused(StreamsBuilder builder, String message) {
    HostTopology ours = HostTopology.of(graft(new Topology()));
    HostTopology host = HostTopology.of(builder.build());
    assertThatThrownBy(() -> host.refuse(file, ours))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(message);
  }

  /** Repartitions, joins a global table, has nodes with names and without. */
  private static Topology host() {
    StreamsBuilder builder = new StreamsBuilder();
    var stops = builder.globalTable("stops", TEXTS);
    builder.stream("lines", TEXTS)
        .filter((k, v) -> v != null, Named.as("zebra"))
        .leftJoin(stops, (k, v) -> v, (line, stop) -> stop == null ? line : stop)
        .groupBy((k, v) -> v, Grouped.with(Serdes.String(), Serdes.String()))
        .count();
    builder.stream("others", TEXTS).to("more");
    return builder.build();
  }

  private Topology graft(Topology topology) {
    return VideoTopology.addTo(topology, file, () -> new FakeDescriber(-1), Ledgers.create());
  }
}
