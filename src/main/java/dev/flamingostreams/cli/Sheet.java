package dev.flamingostreams.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of 80 columns: a label, then what there is to say, wrapped. */
final class Sheet {
  /** A space that no line ends at. */
  static final char GLUE = '\u00a0';

  private static final int COLUMNS = 80;
  private static final int LABEL = 16;

  private Sheet() {}

  static List<String> lines(String label, String text) {
    return wrapped("%-16s".formatted(label), text);
  }

  /** Behind a label as it stands. */
  static List<String> wrapped(String label, String text) {
    List<String> wrapped = new ArrayList<>();
    StringBuilder line = new StringBuilder(label);
    String indent = " ".repeat(Math.min(label.length(), LABEL));
    for (String word : Printable.of(text).split(" ", -1)) {
      boolean begun = line.length() > label.length();
      if (begun && line.length() + 1 + word.length() > COLUMNS) {
        wrapped.add(line.toString().replace(GLUE, ' '));
        line = new StringBuilder(indent);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
    }
    wrapped.add(line.toString().replace(GLUE, ' '));
    return wrapped;
  }

  static String size(long bytes) {
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.2f GB", bytes / (double) (1 << 30));
  }
}
