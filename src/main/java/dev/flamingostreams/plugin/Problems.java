package dev.flamingostreams.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Collects everything that is wrong with one file. */
final class Problems {
  private static final int MOST_SHOWN = 20;

  private record Problem(int line, String text) {}

  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  void at(Node node, String key, String message) {
    at(node.getStartMark().getLine() + 1, key, message);
  }

  void at(int line, String key, String message) {
    problems.add(new Problem(line, where(line, key) + ": " + message));
  }

  /** As every problem begins. */
  String where(int line, String key) {
    return "%s:%d%s".formatted(file, line, key.isEmpty() ? "" : ": " + key);
  }

  boolean any() {
    return !problems.isEmpty();
  }

  void throwIfAny() {
    if (any()) {
      throw new TopologyException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(Problem::text)
              .distinct()
              .limit(MOST_SHOWN)
              .toList());
    }
  }
}
