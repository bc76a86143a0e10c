package dev.flamingostreams.cli;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Captions and alerts as lines of a terminal of 80 columns. */
final class TimeLine {
  private static final int NAME = 9;
  private static final int TEXT = 44;
  private static final int TEXT_TO_THE_EDGE = 58;
  private static final int SHOWN_LABELS = 3;
  private static final String INDENT = " ".repeat(22);

  private TimeLine() {}

  /** Of one file: {@code 00:02.0 - 00:04.0 a red car moves left}. */
  static String of(Caption caption) {
    return "  %s - %s %s %s"
        .formatted(
            clock(caption.startMicros()),
            clock(caption.endMicros()),
            caption.unsure() ? "?" : " ",
            caption.turns().isEmpty()
                ? text(caption)
                : text(caption.turns().size() + " answers", caption));
  }

  /** What else a task gave: the likeliest labels, or each answer below its question. */
  static List<String> details(Caption caption) {
    Stream<String> labels =
        caption.labels().stream()
            .limit(SHOWN_LABELS)
            .map(
                label ->
                    String.format(
                        Locale.ROOT, "%5.1f %%  %s", 100 * label.probability(), label.text()));
    Stream<String> turns =
        caption.turns().stream().flatMap(turn -> Stream.of(turn.question(), "  " + turn.answer()));
    return Stream.concat(labels, turns)
        .flatMap(line -> Wrap.lines(Printable.of(line), TEXT_TO_THE_EDGE).stream())
        .map(line -> INDENT + line)
        .toList();
  }

  /** Of one of many streams. */
  static String ofStream(Caption caption) {
    return "%s  %s  %s %s"
        .formatted(
            name(caption.stream()),
            clock(caption.startMicros()),
            caption.unsure() ? "?" : " ",
            text(caption));
  }

  static String of(Alert alert) {
    String text = "%s (%s): %s".formatted(alert.rule(), alert.severity(), alert.caption().text());
    return "%s  %s  ! %s"
        .formatted(
            name(alert.stream()),
            clock(alert.caption().startMicros()),
            below(Wrap.lines(Printable.of(text), TEXT_TO_THE_EDGE)));
  }

  /** Minutes, seconds and tenths. */
  static String clock(long micros) {
    long tenths = Math.floorDiv(micros, 100_000);
    return String.format(
        Locale.ROOT, "%02d:%02d.%d", tenths / 600, tenths / 10 % 60, Math.floorMod(tenths, 10));
  }

  private static String text(Caption caption) {
    return text(caption.text(), caption);
  }

  private static String text(String text, Caption caption) {
    List<String> lines = Wrap.lines(Printable.of(text), TEXT);
    String first =
        String.format(
            Locale.ROOT, "%-" + TEXT + "s %6.2f", lines.get(0), caption.meanLogProbability());
    return below(Stream.concat(Stream.of(first), lines.stream().skip(1)).toList());
  }

  /** Lines under the first one's text. */
  private static String below(List<String> lines) {
    return String.join("\n" + INDENT, lines);
  }

  private static String name(String stream) {
    String printable = Printable.of(stream);
    return printable.length() > NAME
        ? printable.substring(0, NAME)
        : String.format(Locale.ROOT, "%-" + NAME + "s", printable);
  }
}
