package dev.flamingostreams.cli;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The metrics that alert rules and drawings ask for. */
final class Monitoring {
  static final Path ALERTS = Path.of("docker/monitoring/alerts.yaml");
  static final Path DRAWINGS = Path.of("docker/monitoring/grafana/dashboards/flamingo.json");

  private static final Pattern NAME = Pattern.compile("\\b(?:flamingo|jvm|kafka)_[a-z_]+\\b");
  private static final Pattern OUTCOME =
      Pattern.compile("\\b(flamingo_[a-z_]+)\\{[^}]*outcome=\\\\?\"([a-z-]+)");

  /** There after the first failure only. */
  private static final Set<String> LATER = Set.of("flamingo_clip_failures_total");

  private Monitoring() {}

  /**
   * @param metrics as {@code /metrics} of a topology that has described clips
   */
  static void isAnsweredBy(String metrics) throws IOException {
    Set<String> there =
        metrics
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]", 2)[0])
            .collect(toCollection(TreeSet::new));
    there.addAll(LATER);
    for (Path file : List.of(ALERTS, DRAWINGS)) {
      String text = Files.readString(file);
      assertThat(NAME.matcher(text).results().map(MatchResult::group))
          .as("metrics of " + file)
          .isNotEmpty()
          .allMatch(there::contains);
      assertThat(OUTCOME.matcher(text).results())
          .as("outcomes in " + file)
          .isNotEmpty()
          .allMatch(
              found ->
                  metrics.contains("%s{outcome=\"%s\"".formatted(found.group(1), found.group(2))));
    }
  }
}
