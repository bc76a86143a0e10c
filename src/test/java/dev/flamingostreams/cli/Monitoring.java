package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The metrics and labels that alert rules and drawings ask for. */
final class Monitoring {
  static final Path ALERTS = Path.of("docker/monitoring/alerts.yaml");
  static final Path DRAWINGS = Path.of("docker/monitoring/grafana/dashboards/flamingo.json");

  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(\\{.*})? [^ ]+$");
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:flamingo|jvm|kafka|process)_[a-z_]+)\\b(\\{[^}]*})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z_]+) *}}");
  private static final Pattern VALUES = Pattern.compile("label_values\\(([a-z_]+), ([a-z_]+)\\)");

  /** Of Prometheus itself. */
  private static final Set<String> ADDED = Set.of("instance", "job");

  /** There after the first failure only; MetricsTest has it with these labels. */
  private static final Map<String, Set<String>> LATER =
      Map.of("flamingo_clip_failures_total", Set.of("topology", "reason"));

  /** A query, and what is written beside its result. */
  private record Query(String expression, String text) {}

  private Monitoring() {}

  /**
   * @param metrics as {@code /metrics} of a topology that has described clips
   */
  static void isAnsweredBy(String metrics) throws IOException {
    Map<String, Set<String>> exported = exported(metrics);
    assertThat(alerts()).hasSizeGreaterThan(5);
    assertThat(drawings()).hasSizeGreaterThan(20);
    for (Query query : alerts()) {
      isAnswered(query, exported, metrics);
    }
    for (Query query : drawings()) {
      isAnswered(query, exported, metrics);
    }
  }

  private static void isAnswered(Query query, Map<String, Set<String>> exported, String metrics) {
    String expression = query.expression();
    List<MatchResult> asked = METRIC.matcher(expression).results().toList();
    assertThat(asked.size() + (expression.contains("up{") ? 1 : 0)).as(expression).isPositive();
    Set<String> grouped = grouped(expression);
    for (MatchResult metric : asked) {
      assertThat(exported).as(expression).containsKey(metric.group(1));
      Set<String> labels = new HashSet<>(exported.getOrDefault(metric.group(1), Set.of()));
      labels.addAll(ADDED);
      assertThat(labels).as(expression).containsAll(groupedOf(expression, metric));
      for (MatchResult label : LABEL.matcher(selector(metric)).results().toList()) {
        assertThat(labels).as(expression).contains(label.group(1));
        hasValue(metric.group(1), label, metrics);
      }
    }
    Set<String> shown = new HashSet<>();
    SHOWN.matcher(query.text()).results().forEach(found -> shown.add(found.group(1)));
    shown.removeAll(ADDED);
    assertThat(grouped).as(query.text()).containsAll(shown);
  }

  /** A value that a query names, unless the one who looks chooses it. */
  private static void hasValue(String metric, MatchResult label, String metrics) {
    if (!label.group(2).startsWith("$") && !ADDED.contains(label.group(1))) {
      assertThat(metrics)
          .containsPattern(
              "(?m)^%s\\{.*\\b%s=\"%s\"".formatted(metric, label.group(1), label.group(2)));
    }
  }

  private static String selector(MatchResult metric) {
    return metric.group(2) == null ? "" : metric.group(2);
  }

  /** What a metric is grouped by: the last that is said before it. */
  private static List<String> groupedOf(String expression, MatchResult metric) {
    return BY.matcher(expression.substring(0, metric.start()))
        .results()
        .reduce((before, last) -> last)
        .map(by -> List.of(by.group(1).split(", *", -1)))
        .orElse(List.of());
  }

  private static Set<String> grouped(String expression) {
    Set<String> labels = new TreeSet<>();
    for (MatchResult by : BY.matcher(expression).results().toList()) {
      labels.addAll(List.of(by.group(1).split(", *", -1)));
    }
    Matcher values = VALUES.matcher(expression);
    if (values.matches()) {
      labels.add(values.group(2));
    }
    return labels;
  }

  private static Map<String, Set<String>> exported(String metrics) {
    Map<String, Set<String>> exported = new TreeMap<>();
    for (MatchResult sample : SAMPLE.matcher(metrics).results().toList()) {
      Set<String> labels = exported.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
      LABEL.matcher(selector(sample)).results().forEach(label -> labels.add(label.group(1)));
    }
    LATER.forEach(exported::putIfAbsent);
    return exported;
  }

  private static List<Query> alerts() throws IOException {
    JsonNode file = new JsonMapper().valueToTree(new Yaml().load(Files.readString(ALERTS)));
    List<Query> queries = new ArrayList<>();
    file.at("/groups/0/rules")
        .forEach(
            rule ->
                queries.add(
                    new Query(
                        rule.path("expr").asText(), rule.at("/annotations/summary").asText())));
    return queries;
  }

  private static List<Query> drawings() throws IOException {
    JsonNode file = new JsonMapper().readTree(Files.readString(DRAWINGS));
    List<Query> queries = new ArrayList<>();
    for (JsonNode variable : file.at("/templating/list")) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(new Query(variable.path("definition").asText(), ""));
      }
    }
    for (JsonNode panel : file.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        queries.add(new Query(target.path("expr").asText(), target.path("legendFormat").asText()));
      }
    }
    return queries;
  }
}
