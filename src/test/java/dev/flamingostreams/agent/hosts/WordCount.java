package dev.flamingostreams.agent.hosts;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/** Counts words: with state, a repartition topic, and nodes that nobody named. */
public final class WordCount {
  private WordCount() {}

  /** Settings file, input topic, output topic. */
  public static void main(String[] args) throws Exception {
    Hosts.run(topology(args[1], args[2]), args[0]);
  }

  /** From lines to counts. */
  public static Topology topology(String lines, String counts) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(lines, Consumed.with(Serdes.String(), Serdes.String()))
        .flatMapValues(line -> List.of(line.toLowerCase(Locale.ROOT).split(" ", -1)))
        .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count(Materialized.with(Serdes.String(), Serdes.Long()))
        .toStream()
        .mapValues(count -> Long.toString(count))
        .to(counts, Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }
}
