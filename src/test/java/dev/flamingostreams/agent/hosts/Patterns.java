package dev.flamingostreams.agent.hosts;

import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;

/** Reads whatever topic matches, and does nothing with it. */
public final class Patterns {
  private Patterns() {}

  /** Settings file, input topic, of which all with the same beginning are read. */
  public static void main(String[] args) throws Exception {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Pattern.compile(args[1].replaceFirst("-.*", "-") + ".*"),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .foreach((key, value) -> {});
    Hosts.run(builder.build(), args[0]);
  }
}
