package dev.flamingostreams.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a topology file. A value that is wrong is reported, with its line, and the default
 * goes on in its place, so that one run reports everything. Every key that is asked for is a known
 * key; {@link #refuseOthers} reports the rest.
 */
final class Section {
  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_SHOWN = 60;

  private final String path;
  private final int line;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new HashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, int line, Problems problems) {
    this.path = path;
    this.line = line;
    this.problems = problems;
  }

  static Section of(@Nullable Node node, String path, int line, Problems problems) {
    Section section =
        new Section(path, node == null ? line : node.getStartMark().getLine() + 1, problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::add);
    } else if (node != null && !isNull(node)) {
      problems.at(node, path, "must hold keys; write 'key: value' lines below it");
    }
    return section;
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problems.at(entry.getKeyNode(), path, "a key must be one word");
      return;
    }
    Node first = keys.putIfAbsent(key.getValue(), key);
    if (first != null) {
      problems.at(
          key,
          at(key.getValue()),
          "is there twice, first on line %d; remove one"
              .formatted(first.getStartMark().getLine() + 1));
      return;
    }
    values.put(key.getValue(), entry.getValueNode());
  }

  Section section(String key) {
    return of(value(key), at(key), line, problems);
  }

  List<Section> sections(String key) {
    Node node = value(key);
    if (node == null || isNull(node)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      problems.at(node, at(key), "must be a list; begin each entry with '- '");
      return List.of();
    }
    if (list.getValue().size() > MOST_ITEMS) {
      problems.at(node, at(key), "has more than %d entries".formatted(MOST_ITEMS));
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (Node item : list.getValue()) {
      sections.add(of(item, "%s[%d]".formatted(at(key), sections.size()), line, problems));
    }
    return sections;
  }

  /** One text or a list of texts. */
  List<String> texts(String key, List<String> absent) {
    Node node = value(key);
    if (node instanceof MappingNode) {
      problems.at(node, at(key), "must be a list; begin each entry with '- '");
      return absent;
    }
    if (!(node instanceof SequenceNode list)) {
      return read(key, absent, List::of);
    }
    if (list.getValue().isEmpty() || list.getValue().size() > MOST_ITEMS) {
      problems.at(node, at(key), "must have 1 to %d entries".formatted(MOST_ITEMS));
    }
    List<String> texts = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar && !isNull(item)) {
        texts.add(scalar.getValue());
      } else {
        problems.at(item, at(key), "every entry must be a text");
      }
    }
    return texts;
  }

  String text(String key, String absent) {
    return read(key, absent, Function.identity());
  }

  /** Reported if it is absent. */
  String required(String key, String advice) {
    requiredList(key, advice);
    return text(key, "");
  }

  /** Reported if it is absent, whatever its shape. */
  void requiredList(String key, String advice) {
    if (!values.containsKey(key)) {
      problems.at(line, at(key), "is missing; " + advice);
    }
  }

  /** Whether the key is there. */
  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** File, line and key of a value, or of the section if the key is not there. */
  String where(String key) {
    Node node = values.get(key);
    return problems.where(
        node == null ? line : node.getStartMark().getLine() + 1, node == null ? path : at(key));
  }

  int integer(String key, int absent, int least, int most) {
    return read(
        key,
        absent,
        text -> {
          String wanted = "a whole number from %d to %d".formatted(least, most);
          if (!text.matches("-?\\d{1,9}")) {
            throw new IllegalArgumentException("'%s' is not %s".formatted(text, wanted));
          }
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("%s is not %s".formatted(text, wanted));
          }
          return value;
        });
  }

  boolean flag(String key, boolean absent) {
    return oneOf(key, absent ? "true" : "false", List.of("true", "false")).equals("true");
  }

  <E extends Enum<E>> E oneOf(String key, E absent) {
    Map<String, E> choices =
        Stream.of(absent.getDeclaringClass().getEnumConstants())
            .collect(Collectors.toMap(Section::label, e -> e, (a, b) -> a, LinkedHashMap::new));
    return choices.getOrDefault(oneOf(key, label(absent), List.copyOf(choices.keySet())), absent);
  }

  /** As a file writes it. */
  static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  String oneOf(String key, String absent, List<String> choices) {
    return read(
        key,
        absent,
        text -> {
          if (!choices.contains(text)) {
            throw new IllegalArgumentException(
                "'%s' is not one of %s".formatted(text, String.join(", ", choices)));
          }
          return text;
        });
  }

  /** The value read by {@code reader}; what that refuses is reported. */
  <T> T read(String key, T absent, Function<String, T> reader) {
    Node node = value(key);
    if (node == null) {
      return absent;
    }
    if (!(node instanceof ScalarNode scalar)) {
      problems.at(node, at(key), "must be one value");
      return absent;
    }
    if (isNull(node)) {
      problems.at(node, at(key), "has no value; give one or remove the key");
      return absent;
    }
    try {
      return reader.apply(scalar.getValue());
    } catch (IllegalArgumentException e) {
      problems.at(node, at(key), String.valueOf(e.getMessage()));
      return absent;
    }
  }

  /** The value read by {@code reader}; empty if it is absent or refused. */
  <T> Optional<T> optional(String key, Function<String, T> reader) {
    return read(key, Optional.<T>empty(), text -> Optional.of(reader.apply(text)));
  }

  /** Reports a problem with the value of a key, or with the section if the key is not there. */
  void problem(String key, String message) {
    Node node = values.get(key);
    if (node == null) {
      problems.at(line, key.isEmpty() ? path : at(key), message);
    } else {
      problems.at(node, at(key), message);
    }
  }

  /** Reports keys that nobody asked for. */
  void refuseOthers() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        Node node = keys.get(key);
        problems.at(
            node == null ? line : node.getStartMark().getLine() + 1,
            at(key.length() > MOST_SHOWN ? key.substring(0, MOST_SHOWN) : key),
            "is not a key; " + advice(key));
      }
    }
  }

  private String advice(String key) {
    return known.stream()
        .filter(name -> Spelling.alike(key, name))
        .findFirst()
        .map("did you mean '%s'?"::formatted)
        .orElse("the keys here are " + String.join(", ", known));
  }

  private @Nullable Node value(String key) {
    known.add(key);
    return values.get(key);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && Set.of("", "~", "null").contains(scalar.getValue());
  }
}
