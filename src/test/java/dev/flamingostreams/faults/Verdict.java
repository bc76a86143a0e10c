package dev.flamingostreams.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.audit.Audit;
import dev.flamingostreams.audit.AuditReport;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How every test ends: nothing is missing and nothing is there twice. */
final class Verdict {
  private Verdict() {}

  /**
   * The audit, and that what the test knows to be due is what the audit holds for due.
   *
   * @return all that is on the topics
   */
  static Seen clean(String servers, TopologyFile file, List<String> due) {
    AuditReport report = Audit.check(Map.of("bootstrap.servers", servers), file, Duration.ZERO);
    assertThat(report)
        .satisfies(
            audit -> {
              assertThat(audit.problems()).as("problems").isEmpty();
              assertThat(audit.well()).as("well").isTrue();
              assertThat(audit.behind()).as("records that were not read").isZero();
              assertThat(audit.clips().found()).as("clips").isEqualTo(due.size());
            });
    try (Seen seen = Seen.committed(servers, file).readToEnd()) {
      List<String> ends = new ArrayList<>(seen.captions().stream().map(Caption::clip).toList());
      ends.addAll(seen.deadClips());
      assertThat(ends).as("clips").containsExactlyInAnyOrderElementsOf(due);
      return seen;
    }
  }
}
