package dev.flamingostreams.plugin;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of the application that we are in. */
record HostSettings(StreamsConfig config) {
  private static final int DEFAULT_REQUEST_BYTES = 1 << 20;

  /** Of client settings those that are an application's own. */
  private static final Set<String> OWN =
      Set.of("client.id", "metric.reporters", "group.instance.id", "interceptor.classes");

  /** Of Kafka Streams' settings those that say what the cluster is like. */
  private static final Set<String> OF_CLUSTER =
      Set.of(StreamsConfig.STATE_DIR_CONFIG, StreamsConfig.REPLICATION_FACTOR_CONFIG);

  String applicationId() {
    return config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
  }

  /** What the names of its clients begin with. */
  String clientPrefix() {
    String given = config.getString(StreamsConfig.CLIENT_ID_CONFIG);
    return given == null || given.isEmpty() ? applicationId() : given;
  }

  Map<String, Object> all() {
    return config.originals();
  }

  /** What a record that the application's producer sends may have at most. */
  int mostRequestBytes() {
    Object bytes =
        config.getProducerConfigs("flamingo").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return bytes == null ? DEFAULT_REQUEST_BYTES : Integer.parseInt(bytes.toString().strip());
  }

  /** The way to the cluster, for a client that the application must not be taken for. */
  Map<String, Object> ofChecks() {
    Map<String, Object> settings = new TreeMap<>(all());
    settings.keySet().removeIf(key -> OWN.contains(plain(key)));
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "flamingo-" + applicationId());
    return settings;
  }

  /** The way to the cluster, for an application of our own. */
  Map<String, Object> ofClients() {
    Map<String, Object> settings = new TreeMap<>();
    all()
        .forEach(
            (key, value) -> {
              if (isOfClients(key)) {
                settings.put(key, value);
              }
            });
    return settings;
  }

  private static boolean isOfClients(String key) {
    String plain = plain(key);
    return !OWN.contains(plain)
        && (OF_CLUSTER.contains(plain) || AdminClientConfig.configNames().contains(plain));
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceFirst("^(producer|consumer|admin)\\.", "");
  }
}
