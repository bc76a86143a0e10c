package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/docs/configuration.md} has the keys and defaults that are read. */
class ConfigurationReferenceTest {
  private static final Path REFERENCE = Path.of("src/docs/configuration.md");
  private static final Pattern HEADING = Pattern.compile("## `(.+)`");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (.*?) \\|.*");
  private static final Pattern LITERAL = Pattern.compile("`([^`]+)`");
  private static final String ROOT = "topology.yaml";
  private static final String NO_KEY = "zzzzzzzz";

  /** A file that holds, where it is written, a key that nobody reads. */
  private record Place(String section, String file) {}

  @TempDir Path directory;

  static Stream<Place> places() {
    return Stream.of(
        new Place(ROOT, "name: a\ntask: questions\nquestion: what?\n%s: 1"),
        new Place("input", "name: a\ninput:\n  %s: 1"),
        new Place("clips", "name: a\nclips:\n  %s: 1"),
        new Place(
            "examples[]",
            "name: a\ntask: questions\nquestion: what?\nexamples:\n  - text: b\n    %s: 1"),
        new Place("decoding", "name: a\ndecoding:\n  %s: 1"),
        new Place("captions", "name: a\ncaptions:\n  %s: 1"),
        new Place("captions.lagging", "name: a\ncaptions:\n  lagging:\n    %s: 1"),
        new Place("outputs", "name: a\noutputs:\n  %s: 1"),
        new Place("alerts[]", "name: a\nalerts:\n  - name: b\n    query: c\n    %s: 1"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void everySectionIsThereWithItsKeysAndNoOthers(Place place) throws IOException {
    TopologyException refusal =
        catchThrowableOfType(TopologyException.class, () -> read(place.file().formatted(NO_KEY)));
    Matcher keys =
        Pattern.compile("is not a key; the keys here are (.*)").matcher(refusal.getMessage());
    assertThat(keys.find()).as(refusal.getMessage()).isTrue();
    assertThat(reference().getOrDefault(place.section(), Map.of()).keySet())
        .as(place.section())
        .containsExactlyInAnyOrder(keys.group(1).split(", "));
  }

  @Test
  void thereAreNoOtherSections() throws IOException {
    assertThat(reference().keySet())
        .containsExactlyInAnyOrderElementsOf(places().map(Place::section).toList());
  }

  @Test
  void aFileThatSaysWhatTheReferenceSaysIsAFileThatSaysNothing() throws IOException {
    StringBuilder file = new StringBuilder("name: yard\n");
    for (Map.Entry<String, Map<String, String>> section : reference().entrySet()) {
      if (!section.getKey().endsWith("[]")) {
        write(section.getKey(), section.getValue(), file);
      }
    }
    assertThat(file.toString()).contains("grace: 500ms", "after: 10s", "dead-letters:");
    assertThat(read(file.toString())).usingRecursiveComparison().isEqualTo(read("name: yard"));
  }

  @Test
  void anAlertThatSaysWhatTheReferenceSaysIsAnAlertThatSaysNoMore() throws IOException {
    String least = "name: yard\nalerts:\n  - name: a\n    query: b\n";
    StringBuilder whole = new StringBuilder(least);
    literals(reference().getOrDefault("alerts[]", Map.of()))
        .forEach((key, value) -> whole.append("    %s: %s\n".formatted(key, value)));
    assertThat(read(whole.toString())).usingRecursiveComparison().isEqualTo(read(least));
  }

  /** Sections in their order, each with its keys and what the default column says of them. */
  private static Map<String, Map<String, String>> reference() throws IOException {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        keys = new LinkedHashMap<>();
        sections.put(heading.group(1), keys);
      } else if (row.matches()) {
        assertThat(keys.put(row.group(1), row.group(2))).as(line).isNull();
      }
    }
    return sections;
  }

  /** Defaults that are values and not sentences. */
  private static Map<String, String> literals(Map<String, String> keys) {
    Map<String, String> literals = new LinkedHashMap<>();
    keys.forEach(
        (key, text) -> {
          Matcher literal = LITERAL.matcher(text);
          if (literal.matches()) {
            literals.put(key, literal.group(1));
          }
        });
    return literals;
  }

  private static void write(String section, Map<String, String> keys, StringBuilder file) {
    Map<String, String> literals = literals(keys);
    if (section.equals(ROOT)) {
      literals.forEach((key, value) -> file.append("%s: %s\n".formatted(key, value)));
    } else if (!literals.isEmpty()) {
      String[] path = section.split("\\.", -1);
      String indent = "  ".repeat(path.length);
      file.append("%s%s:\n".formatted("  ".repeat(path.length - 1), path[path.length - 1]));
      literals.forEach((key, value) -> file.append("%s%s: %s\n".formatted(indent, key, value)));
    }
  }

  private TopologyFile read(String text) throws IOException {
    return TopologyFile.read(Files.writeString(directory.resolve("topology.yaml"), text));
  }
}
