package dev.flamingostreams.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of the host's Kafka Streams.
 *
 * @param text as the library says it, or null if it does not
 */
record KafkaVersion(@Nullable String text) {
  private static final String RESOURCE = "kafka/kafka-streams-version.properties";
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int OLDEST = 3_009;
  private static final int NEWEST = 4_003;

  static KafkaVersion seenBy(ClassLoader loader) {
    Properties properties = new Properties();
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // Then it does not say.
    }
    return new KafkaVersion(properties.getProperty("version"));
  }

  boolean isSupported() {
    Matcher numbers = NUMBERS.matcher(text == null ? "" : text);
    if (!numbers.matches()) {
      return false;
    }
    int version = Integer.parseInt(numbers.group(1)) * 1_000 + Integer.parseInt(numbers.group(2));
    return version >= OLDEST && version <= NEWEST;
  }

  String refusal() {
    return "the host has Kafka Streams %s, which this agent does not know; nothing is described. It takes 3.9 to 4.3"
        .formatted(text == null ? "of an unknown version" : text);
  }
}
