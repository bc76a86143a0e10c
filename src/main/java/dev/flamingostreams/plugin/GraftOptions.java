package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.EngineOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agent was told to do.
 *
 * @param topologies to graft
 * @param alongside whether they run in an application of their own, the host's stays as it is
 * @param threads of the model
 * @param niceness that these threads have more than the host's, 0 to 19, or {@link
 *     EngineOptions#IDLE}
 * @param failures of the model in a row, after which it is switched off
 * @param patience with the cluster, for each question
 * @param unassignedAfter how long the grafted tasks may be nobody's before somebody is told
 * @param waitForGroup how long the host may be held for instances without the agent to leave
 * @param strict whether what is wrong is to be an error of the host
 * @param trustGroup whether the instances that run already are taken to have the agent
 */
record GraftOptions(
    List<TopologyFile> topologies,
    boolean alongside,
    int threads,
    int niceness,
    int failures,
    Duration patience,
    Duration unassignedAfter,
    Duration waitForGroup,
    boolean strict,
    boolean trustGroup) {
  private static final int FAILURES = 10;
  private static final int NICENESS = 10;
  private static final int NICEST = 19;
  private static final String IDLE = "idle";

  /**
   * Reads the options, and the topologies, which lie where they are named or in the distribution.
   *
   * @throws GraftException naming the option that is wrong
   */
  static GraftOptions read(Map<String, String> options, Path home) {
    int cores = Runtime.getRuntime().availableProcessors();
    GraftOptions read =
        new GraftOptions(
            Stream.of(options.getOrDefault("topologies", "").split(",", -1))
                .map(String::strip)
                .filter(given -> !given.isEmpty())
                .map(given -> TopologyFile.read(locate(given, home)))
                .toList(),
            oneOf(options, "mode", "graft", "alongside").equals("alongside"),
            number(options, "threads", Math.max(1, cores / 2)),
            niceness(options),
            number(options, "failures", FAILURES),
            patience(options),
            atLeastASecond(options, "unassigned-after", "1m"),
            duration(options, "wait-for-group", "0s"),
            oneOf(options, "strict", "false", "true").equals("true"),
            oneOf(options, "trust-group", "false", "true").equals("true"));
    read.refuseTwins();
    return read;
  }

  /** Of these, for who cannot wait for the topologies. */
  static Duration patience(Map<String, String> options) {
    return duration(options, "patience", "5s");
  }

  private static Path locate(String given, Path home) {
    Path path = Path.of(given);
    Path shipped = home.resolve("topologies").resolve(given).normalize();
    Path beside = home.resolve(given).normalize();
    return Stream.of(path, shipped, beside).filter(Files::exists).findFirst().orElse(path);
  }

  private static String oneOf(Map<String, String> options, String key, String... values) {
    String value = options.getOrDefault(key, values[0]);
    if (!List.of(values).contains(value)) {
      throw new GraftException(
          "%s=%s: must be %s".formatted(key, value, String.join(" or ", values)));
    }
    return value;
  }

  private static int number(Map<String, String> options, String key, int absent) {
    String value = options.getOrDefault(key, Integer.toString(absent));
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw new GraftException("%s=%s: must be a number above 0".formatted(key, value));
    }
    return Integer.parseInt(value);
  }

  private static int niceness(Map<String, String> options) {
    String value = options.getOrDefault("niceness", Integer.toString(NICENESS));
    if (value.equals(IDLE)) {
      return EngineOptions.IDLE;
    }
    if (!value.matches("\\d{1,2}") || Integer.parseInt(value) > NICEST) {
      throw new GraftException(
          "niceness=%s: must be 0 to %d, or %s".formatted(value, NICEST, IDLE));
    }
    return Integer.parseInt(value);
  }

  private static Duration duration(Map<String, String> options, String key, String absent) {
    try {
      return Units.duration(options.getOrDefault(key, absent));
    } catch (IllegalArgumentException e) {
      throw new GraftException(key + "=" + e.getMessage(), e);
    }
  }

  private static Duration atLeastASecond(Map<String, String> options, String key, String absent) {
    Duration duration = duration(options, key, absent);
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new GraftException("%s=%s: must be 1s or more".formatted(key, options.get(key)));
    }
    return duration;
  }

  private void refuseTwins() {
    Set<String> names = new HashSet<>();
    Set<String> inputs = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (TopologyFile file : topologies) {
      if (!names.add(file.name())) {
        throw new GraftException(
            "%s: name '%s' is taken by another file; rename one"
                .formatted(file.file(), file.name()));
      }
      if (!ids.add(file.applicationId()) && alongside) {
        throw new GraftException(
            "%s: application-id '%s' is taken by another file; change one"
                .formatted(file.file(), file.applicationId()));
      }
      if (!inputs.add(file.input().topic()) && !alongside) {
        throw new GraftException(
            "%s: topic %s is read by another topology, and an application reads a topic once; use mode=alongside"
                .formatted(file.file(), file.input().topic()));
      }
    }
  }
}
