package dev.flamingostreams.agent.hosts;

import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** Two applications in one JVM. */
public final class Two {
  private Two() {}

  /** Settings file, input topic, output topic. */
  public static void main(String[] args) throws Exception {
    KafkaStreams first = streams(args, "first");
    first.start();
    Hosts.run(streams(args, "second"));
  }

  private static KafkaStreams streams(String[] args, String name) throws Exception {
    Properties settings = Hosts.settings(args[0]);
    settings.put("application.id", settings.get("application.id") + "-" + name);
    return new KafkaStreams(WordCount.topology(args[1], args[2]), settings);
  }
}
