package dev.flamingostreams.audit;

/** A {@link Tally} that is being counted, and where its problems are shown. */
final class Count {
  private final String what;
  private final Findings findings;
  private long due;
  private long found;
  private long missing;
  private long doubled;
  private long unexpected;
  private long unread;
  private long unchecked;

  /**
   * @param what is counted, such as {@code clips}
   */
  Count(String what, Findings findings) {
    this.what = what;
    this.findings = findings;
  }

  void due(long times) {
    due += times;
  }

  void found(long times) {
    found += times;
  }

  void unread(long times) {
    unread += times;
  }

  void unchecked(long times) {
    unchecked += times;
  }

  void missing(long times, Object which) {
    missing += times;
    findings.add("missing " + what, which.toString());
  }

  void doubled(String which) {
    doubled++;
    findings.add("doubled " + what, which);
  }

  void unexpected(String which) {
    unexpected++;
    findings.add("unexpected " + what, which);
  }

  long uncheckedSoFar() {
    return unchecked;
  }

  Tally tally() {
    return new Tally(due, found, missing, doubled, unexpected, unread, unchecked);
  }
}
