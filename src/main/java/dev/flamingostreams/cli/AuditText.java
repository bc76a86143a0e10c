package dev.flamingostreams.cli;

import dev.flamingostreams.audit.AuditReport;
import dev.flamingostreams.audit.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an audit found, as lines of 80 columns; ids are not broken. */
final class AuditText {
  private AuditText() {}

  static List<String> lines(AuditReport report) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Sheet.lines(
            "topology",
            "%s: %s, %d streams, %d records behind"
                .formatted(
                    report.topology(),
                    report.well() ? "all is well" : "not all is well",
                    report.streams(),
                    report.behind())));
    lines.addAll(Sheet.lines("frames", frames(report.frames())));
    lines.addAll(Sheet.lines("clips", clips(report)));
    lines.addAll(Sheet.lines("undecodable", tally(report.undecodable(), "dead-lettered")));
    lines.addAll(Sheet.lines("alerts", tally(report.alerts(), "found")));
    report.notes().forEach(note -> lines.addAll(Sheet.lines("note", note)));
    report.problems().forEach((kind, examples) -> problem(kind, examples, lines));
    return lines;
  }

  private static String frames(Map<String, Long> fates) {
    long all = fates.values().stream().mapToLong(Long::longValue).sum();
    return "%d = %s".formatted(all, sum(fates));
  }

  private static String sum(Map<String, Long> parts) {
    return parts.entrySet().stream()
        .filter(part -> part.getValue() > 0)
        .map(part -> "%d %s".formatted(part.getValue(), part.getKey()))
        .collect(Collectors.joining(" + "));
  }

  private static String clips(AuditReport report) {
    Map<String, Long> ends = new LinkedHashMap<>();
    ends.put("captioned", report.captioned());
    report.deadLettered().forEach((reason, count) -> ends.put("dead: " + reason, count));
    return tally(report.clips(), ends)
        + (report.disordered() > 0 ? ", %d out of order".formatted(report.disordered()) : "")
        + (report.otherRules() > 0 ? ", %d of other rules".formatted(report.otherRules()) : "");
  }

  private static String tally(Tally tally, String found) {
    return tally(tally, Map.of(found, tally.found()));
  }

  private static String tally(Tally tally, Map<String, Long> found) {
    Map<String, Long> parts = new LinkedHashMap<>(found);
    parts.put("missing", tally.missing());
    parts.put("not read yet", tally.unread());
    String sum = sum(parts);
    return "%d due%s; %d missing, %d doubled, %d unexpected"
            .formatted(
                tally.due(),
                sum.isEmpty() ? "" : " = " + sum,
                tally.missing(),
                tally.doubled(),
                tally.unexpected())
        + (tally.unchecked() > 0 ? ", %d not judged".formatted(tally.unchecked()) : "");
  }

  private static void problem(String kind, List<String> examples, List<String> lines) {
    lines.add("%s, such as".formatted(kind));
    examples.forEach(example -> lines.add("  " + Printable.of(example)));
  }
}
