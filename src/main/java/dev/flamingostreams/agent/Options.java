package dev.flamingostreams.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told: topologies and {@code key=value} pairs, separated by commas. A word that
 * ends in {@code .properties} is a file with such pairs, {@code topologies} among them.
 *
 * @param values of the keys; {@code topologies} with commas between them
 */
record Options(Map<String, String> values) {
  private static final String TOPOLOGIES = "topologies";
  private static final String STRICT = "strict";
  private static final String APPLICATION = "application-id";
  private static final Set<String> KEYS =
      Set.of(
          TOPOLOGIES,
          STRICT,
          APPLICATION,
          "mode",
          "threads",
          "niceness",
          "failures",
          "patience",
          "unassigned-after",
          "trust-group",
          "wait-for-group");

  Options {
    values = Map.copyOf(values);
  }

  /**
   * Reads the agent's argument.
   *
   * @throws IllegalArgumentException with one line that says what to write instead
   */
  static Options parse(@Nullable String argument) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> topologies = new ArrayList<>();
    for (String given : words(argument)) {
      int equals = given.indexOf('=');
      if (equals > 0) {
        put(values, given.substring(0, equals), given.substring(equals + 1));
      } else if (isFile(given)) {
        load(given).forEach((key, value) -> put(values, key.toString(), value.toString()));
      } else if (!given.isEmpty()) {
        topologies.add(given);
      }
    }
    if (!topologies.isEmpty()) {
      values.merge(TOPOLOGIES, String.join(",", topologies), (a, b) -> a + "," + b);
    }
    if (values.getOrDefault(TOPOLOGIES, "").isBlank()) {
      throw new IllegalArgumentException(
          "no topology is named; write -javaagent:flamingo-agent.jar=topologies/scenes");
    }
    return new Options(values);
  }

  boolean strict() {
    return values.getOrDefault(STRICT, "false").equals("true");
  }

  /** Whether an argument asks for {@link #strict()}, whatever else is wrong with it. */
  static boolean asksForStrict(@Nullable String argument) {
    return words(argument).stream().anyMatch(Options::isStrict);
  }

  private static boolean isStrict(String given) {
    try {
      return isFile(given)
          ? "true".equals(load(given).getProperty(STRICT, "").strip())
          : given.matches(STRICT + "\\s*=\\s*true");
    } catch (IllegalArgumentException e) {
      return false; // a file that cannot be read says nothing
    }
  }

  private static List<String> words(@Nullable String argument) {
    return argument == null
        ? List.of()
        : Stream.of(argument.split(",", -1)).map(String::strip).toList();
  }

  private static boolean isFile(String given) {
    return given.endsWith(".properties") && given.indexOf('=') <= 0;
  }

  /** The one application that is meant; null: the first. */
  @Nullable String applicationId() {
    return values.get(APPLICATION);
  }

  private static void put(Map<String, String> values, String key, String value) {
    String name = key.strip();
    if (!KEYS.contains(name)) {
      throw new IllegalArgumentException(
          "there is no option '%s'; there are %s"
              .formatted(name, String.join(", ", KEYS.stream().sorted().toList())));
    }
    values.put(name, value.strip());
  }

  private static Properties load(String file) {
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }
}
