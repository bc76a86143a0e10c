package dev.flamingostreams.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of the table of what TensorRT's parser takes, {@code tensorrt-8.6.csv}, which says what
 * the columns mean.
 */
record TensorRtOperator(
    String operator,
    List<String> inputs,
    List<String> outputs,
    Set<ElementType> types,
    String rank,
    int leastRank,
    int mostRank,
    Set<String> attributes,
    long most) {
  private static final String TABLE = "tensorrt-8.6.csv";
  private static final String HEADER = "operator,";

  /** By the operator's name. */
  static Map<String, TensorRtOperator> table() {
    try (InputStream table =
        Objects.requireNonNull(TensorRtOperator.class.getResourceAsStream(TABLE), TABLE)) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith(HEADER))
          .map(TensorRtOperator::of)
          .collect(Collectors.toUnmodifiableMap(TensorRtOperator::operator, Function.identity()));
    } catch (IOException e) {
      throw new UncheckedIOException(TABLE, e);
    }
  }

  private static TensorRtOperator of(String line) {
    String[] cells = line.split(",", -1);
    Set<ElementType> types = EnumSet.noneOf(ElementType.class);
    words(cells[3]).map(ElementType::valueOf).forEach(types::add);
    List<Integer> ranks = Stream.of(cells[5].split("-", -1)).map(Integer::valueOf).toList();
    return new TensorRtOperator(
        cells[0],
        words(cells[1]).toList(),
        words(cells[2]).toList(),
        types,
        cells[4],
        ranks.get(0),
        ranks.get(1),
        words(cells[6]).collect(Collectors.toUnmodifiableSet()),
        cells[7].isEmpty() ? Long.MAX_VALUE : Long.parseLong(cells[7]));
  }

  private static Stream<String> words(String cell) {
    return Stream.of(cell.split(" ", -1)).filter(word -> !word.isEmpty());
  }

  /** What is wanted of the input at that place, without its marks; empty if none may be there. */
  String input(int place) {
    return at(place).replaceAll("[!?*]", "");
  }

  boolean wantsInitializer(int place) {
    return at(place).endsWith("!");
  }

  private String at(int place) {
    int last = inputs.size() - 1;
    if (place <= last) {
      return inputs.get(place);
    }
    return inputs.get(last).endsWith("*") ? inputs.get(last) : "";
  }

  long leastInputs() {
    return inputs.stream().filter(word -> !word.endsWith("?") && !word.endsWith("*")).count();
  }
}
