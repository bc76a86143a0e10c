package consumer;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.plugin.VideoStreams;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Describes a stream of its own in one step, and adds a topology file; runs until it is told to stop. */
public final class Application {
  private Application() {}

  public static void main(String[] args) throws Exception {
    TopologyFile step = TopologyFile.read(Path.of(args[2], "step.yaml"));
    TopologyFile whole = TopologyFile.read(Path.of(args[2], "whole.yaml"));
    try (VideoStreams video = VideoStreams.open(Path.of(args[1]), 1)) {
      StreamsBuilder builder = new StreamsBuilder();
      Topic<String, FrameBatch> pictures = Topic.frames("pictures");
      video
          .describe(
              builder.stream(
                  pictures.name(), Consumed.with(pictures.keySerde(), pictures.valueSerde())),
              step)
          .mapValues(Caption::text)
          .to("texts", Produced.with(Serdes.String(), Serdes.String()));
      Topology topology = video.addTo(builder.build(), whole);
      try (KafkaStreams streams = new KafkaStreams(topology, video.settings(properties(args)))) {
        streams.start();
        System.in.read();
        video.bringDown(Duration.ofSeconds(3));
      }
    }
  }

  private static Properties properties(String[] args) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "consumer");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, Path.of(args[2], "state").toString());
    properties.put("auto.offset.reset", "earliest");
    return properties;
  }
}
