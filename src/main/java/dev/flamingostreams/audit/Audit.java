package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.TopologyFile;
import java.time.Duration;
import java.util.Map;

/** Checks that every clip, alert and dead letter that is due is on its topic, once. */
public final class Audit {
  private Audit() {}

  /**
   * Checks the topics of one topology up to the ends that they have now.
   *
   * @param properties any setting of Kafka clients; {@code bootstrap.servers} is needed
   * @param wait how long to wait for the topology to read the input to its end and for what is
   *     missing; zero judges what is there. What is unread when the time is over is missing.
   * @throws dev.flamingostreams.plugin.ClusterException if the cluster cannot be used
   * @throws org.apache.kafka.common.KafkaException if reading fails
   */
  public static AuditReport check(Map<String, ?> properties, TopologyFile file, Duration wait) {
    try (KafkaTopics topics = KafkaTopics.connect(properties, file)) {
      return new Check(file, topics).run(wait);
    }
  }
}
