package dev.flamingostreams.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach a Kafka cluster: any client setting, from a file or one by one. */
final class KafkaOptions {
  static final String STATE = "FLAMINGO_STATE_DIR";

  private static final String BOOTSTRAP = "bootstrap.servers";

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "A broker, or several with commas between.")
  private @Nullable String servers;

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Kafka client settings, such as those of security, as a properties file.")
  private @Nullable Path file;

  @Option(
      names = {"-X", "--setting"},
      paramLabel = "KEY=VALUE",
      description = "One Kafka client or Kafka Streams setting; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  Map<String, Object> settings() throws IOException {
    Map<String, Object> all = given();
    if (!all.containsKey(BOOTSTRAP)) {
      throw new CommandException(
          ExitCode.USAGE, "name a broker with --bootstrap-server, such as localhost:9092");
    }
    return all;
  }

  /** For Kafka Streams, whose state lies where the environment says unless a setting does. */
  Map<String, Object> streamsSettings() throws IOException {
    Map<String, Object> all = settings();
    String directory = System.getenv(STATE);
    if (directory != null && !directory.isBlank()) {
      all.putIfAbsent("state.dir", directory);
    }
    return all;
  }

  /** The same for a command that has a broker of its own, which is taken if none is named. */
  Map<String, Object> settings(String ownBroker) throws IOException {
    Map<String, Object> all = given();
    all.putIfAbsent(BOOTSTRAP, ownBroker);
    return all;
  }

  /** Whether a broker is named. */
  boolean nameBroker() throws IOException {
    return given().containsKey(BOOTSTRAP);
  }

  private Map<String, Object> given() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      }
      read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
    }
    all.putAll(settings);
    if (servers != null) {
      all.put(BOOTSTRAP, servers);
    }
    return all;
  }
}
