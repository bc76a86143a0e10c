package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.TopologyFile;
import java.util.ArrayList;
import java.util.List;

/** What a report does not judge, and why. */
final class Notes {
  private final List<String> lines = new ArrayList<>();

  private Notes() {}

  static List<String> of(
      TopologyFile file, long behind, Tally clips, Tally rejects, Tally alerts, ClipCheck check) {
    Notes notes = new Notes();
    notes.add(behind, "the topology is %d records behind; --wait waits for it");
    notes.add(
        clips.missing(), "%d clips are missing or still being described; --wait tells them apart");
    notes.add(check.omitted(), "%d clips have no record: unchanged ones are omitted");
    notes.add(
        clips.unchecked() - check.omitted(), "%d clips or captions are not judged:" + reason(file));
    notes.add(rejects.unchecked(), "%d dead letters of frames are not judged: records are gone");
    notes.add(
        alerts.unchecked(),
        "%d alerts are not judged: records are gone, or they are of other rules");
    notes.add(check.otherRules(), "%d captions or dead letters are of other clip rules");
    notes.add(check.otherStreams(), "%d captions or dead letters are of other streams");
    if (!file.clips().flush().isZero()) {
      notes.lines.add(
          "flush lets the wall clock close windows: %d captions or dead letters are not due by the"
                  .formatted(check.flushed())
              + " camera's time, but their frames exist");
    }
    return notes.lines;
  }

  private static String reason(TopologyFile file) {
    return file.clips().flush().isZero()
        ? " retention has removed frames or captions"
        : " frames or captions are gone, or the wall clock closed windows";
  }

  private void add(long count, String text) {
    if (count > 0) {
      lines.add(text.formatted(count));
    }
  }
}
