package dev.flamingostreams.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks long text for a terminal. */
final class Wrap {
  private static final String CLAUSE = " while ";

  private Wrap() {}

  /**
   * At least one line, each at most so many columns wide: a clause of its own, or broken at a
   * space.
   */
  static List<String> lines(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > columns) {
      int end = end(rest, columns);
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int end(String text, int columns) {
    int clause = text.lastIndexOf(CLAUSE, columns);
    int space = text.lastIndexOf(' ', columns);
    return clause > 0 ? clause : space > 0 ? space : columns;
  }
}
