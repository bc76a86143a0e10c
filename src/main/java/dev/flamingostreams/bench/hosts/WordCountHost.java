package dev.flamingostreams.bench.hosts;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Produced;

/**
 * A Kafka Streams application that counts words, exactly once, with a store and a repartition
 * topic. Says when it has processed its first record; ends when its input does.
 */
public final class WordCountHost {
  static final String FIRST = "first";

  private WordCountHost() {}

  /**
   * Arguments: file of client settings, application id, state directory, input topic, output topic.
   */
  public static void main(String[] args) throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(file);
    }
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, args[1]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, args[2]);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    AtomicBoolean any = new AtomicBoolean();
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(args[3], Consumed.with(Serdes.String(), Serdes.String()))
        .flatMapValues(
            text -> {
              if (any.compareAndSet(false, true)) {
                System.out.println(FIRST);
              }
              return List.of(text.split(" "));
            })
        .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
        .count()
        .toStream()
        .to(args[4], Produced.with(Serdes.String(), Serdes.Long()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), settings)) {
      streams.start();
      while (System.in.read() >= 0) {
        // The end of the input is the signal to stop.
      }
    }
  }
}
