package dev.flamingostreams.agent;

import java.util.Set;

/**
 * Whose a class is: the one rule that both class loaders follow.
 *
 * <p>What is the host's is shared with it, so that its topology, its records and its logging are
 * the same as ours. All else it never sees, nor do we see its libraries.
 */
enum Home {
  /** The host's: Kafka, and slf4j, which Kafka needs. */
  HOST,
  /** Once for every Kafka of the host, as it names classes of Kafka. */
  PLUGIN,
  /** Once in the JVM: the model and all libraries, those with natives too. */
  ENGINE;

  private static final String BASE = "dev.flamingostreams.";
  private static final Set<String> OF_PLUGIN =
      Set.of("schema", "frames", "clips", "captions", "alerts", "plugin");

  static Home of(String className) {
    if (className.startsWith("org.apache.kafka.") || className.startsWith("org.slf4j.")) {
      return HOST;
    }
    return className.startsWith(BASE) && OF_PLUGIN.contains(ours(className)) ? PLUGIN : ENGINE;
  }

  private static String ours(String className) {
    int end = className.indexOf('.', BASE.length());
    return end < 0 ? "" : className.substring(BASE.length(), end);
  }
}
