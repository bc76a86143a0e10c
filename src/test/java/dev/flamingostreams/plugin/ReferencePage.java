package dev.flamingostreams.plugin;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A page under {@code src/docs}, to be compared with the code. */
record ReferencePage(String name) {
  private static final String INDENT = "    ";

  /** The first indented block that begins so, without its indent. */
  String block(String begin) {
    return lines().stream()
        .dropWhile(line -> !line.startsWith(INDENT + begin))
        .takeWhile(line -> line.startsWith(INDENT))
        .map(line -> line.substring(INDENT.length()))
        .collect(joining("\n"));
  }

  /** The cells of the rows of the table whose head begins so. */
  List<List<String>> table(String head) {
    return rows(find(head) + 2);
  }

  /** The same, of the table whose first row begins so. */
  List<List<String>> tableOf(String firstRow) {
    return rows(find(firstRow));
  }

  private int find(String begin) {
    List<String> lines = lines();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).startsWith(begin))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no line that begins: " + begin));
  }

  private List<List<String>> rows(int first) {
    return lines().stream()
        .skip(first)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.substring(1, line.length() - 1).split("\\|", -1))
        .map(cells -> Arrays.stream(cells).map(String::strip).toList())
        .toList();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(Path.of("src/docs", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
