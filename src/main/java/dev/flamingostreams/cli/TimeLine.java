package dev.flamingostreams.cli;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Captions and alerts as lines of a terminal of 80 columns. */
final class TimeLine {
  private static final int NAME = 9;
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
    return Stream.concat(labels, turns).map(line -> INDENT + Printable.of(line)).toList();
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
    return "%s  %s  ! %s (%s): %s"
        .formatted(
            name(alert.stream()),
            clock(alert.caption().startMicros()),
            alert.rule(),
            alert.severity(),
            Printable.of(alert.caption().text()));
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
    return String.format(
        Locale.ROOT, "%-44s %6.2f", Printable.of(text), caption.meanLogProbability());
  }

  private static String name(String stream) {
    String printable = Printable.of(stream);
    return printable.length() > NAME
        ? printable.substring(0, NAME)
        : String.format(Locale.ROOT, "%-" + NAME + "s", printable);
  }
}
