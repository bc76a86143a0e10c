package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A table in Markdown. */
final class Table {
  private static final String NOTHING = "";

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... columns) {
    this.columns = List.of(columns);
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  String text() {
    List<String> rule = columns.stream().map(column -> "---").toList();
    StringBuilder text = new StringBuilder();
    Stream.concat(Stream.of(columns, rule), rows.stream())
        .forEach(cells -> text.append("| ").append(String.join(" | ", cells)).append(" |\n"));
    return text.append('\n').toString();
  }

  /** A share with its standard error, such as {@code 98.5 ± 0.6 %}; nothing if there is none. */
  static String share(JsonNode part, String key, String of) {
    if (!part.has(key)) {
      return NOTHING;
    }
    double share = part.path(key).asDouble();
    return String.format(
        Locale.ROOT, "%.1f ± %.1f %%", 100 * share, 100 * error(share, part.path(of).asInt()));
  }

  /** With one more that is and one more that is not: all of a few is not certain. */
  private static double error(double share, int of) {
    double likely = (share * of + 1) / (of + 2);
    return Math.sqrt(likely * (1 - likely) / of);
  }

  /** A number as it is. */
  static String count(JsonNode part, String key) {
    return part.path(key).asText();
  }

  /** What others wrote, so that it stays in its cell. */
  static String cell(String text) {
    return text.replaceAll("[|\\p{Cntrl}]", "?");
  }
}
