package dev.flamingostreams.plugin;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams for an application of our own. */
final class StreamsSettings {
  private static final int CHANGELOG_OVERHEAD = 64 << 10;

  /** With Kafka's own 16 KB each image would be a request of its own. */
  private static final int PRODUCER_BATCH = 512 << 10;

  /** The longest; the captions stage asks for a commit when it has something to show. */
  private static final int COMMIT_MILLIS = 1_000;

  private static final long PRODUCER_BUFFER = 64L << 20;

  private StreamsSettings() {}

  /** What a topology runs with, unless {@code properties} say otherwise. */
  static Properties of(TopologyFile file, Map<String, ?> properties) {
    int changelogBytes = file.input().maxBytes() + CHANGELOG_OVERHEAD;
    Properties settings = new Properties();
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Math.max(changelogBytes, 2 << 20));
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        Math.max(2L * changelogBytes, PRODUCER_BUFFER));
    settings.putAll(properties);
    settings.putIfAbsent(StreamsConfig.APPLICATION_ID_CONFIG, file.applicationId());
    return settings;
  }
}
