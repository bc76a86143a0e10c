package dev.flamingostreams.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples of each kind of problem, in the order in which kinds come up. */
final class Findings {
  private static final int MOST = 10;

  private final Map<String, List<String>> examples = new LinkedHashMap<>();

  void add(String kind, String example) {
    List<String> some = examples.computeIfAbsent(kind, name -> new ArrayList<>());
    if (some.size() < MOST) {
      some.add(example);
    }
  }

  Map<String, List<String>> examples() {
    return examples;
  }
}
