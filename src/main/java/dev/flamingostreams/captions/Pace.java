package dev.flamingostreams.captions;

import java.time.Duration;

/**
 * When the tasks of a thread may ask for a commit. They share one transaction, so they ask
 * together; and where commits take long they ask less often, so that twice as long goes into
 * records as into commits.
 */
final class Pace {
  private static final long MOST_MILLIS = 500;

  private final long everyMillis;
  private final ThreadLocal<Beat> beats = ThreadLocal.withInitial(Beat::new);

  private static final class Beat {
    private boolean asked;
    private long sinceMillis;
    private long restMillis;
  }

  /**
   * @param every how often tasks come to ask: by how much later they come a commit is measured
   */
  Pace(Duration every) {
    everyMillis = every.toMillis();
  }

  /** Whether it is time; all tasks of a round may ask if one has. */
  boolean mayAsk(long nowMillis) {
    Beat beat = beats.get();
    if (beat.asked && nowMillis - beat.sinceMillis >= everyMillis / 2) {
      long commitMillis = Math.max(0, nowMillis - beat.sinceMillis - everyMillis);
      beat.restMillis = Math.min(MOST_MILLIS, 2 * commitMillis);
      beat.sinceMillis = nowMillis;
      beat.asked = false;
    }
    return beat.asked || nowMillis - beat.sinceMillis >= beat.restMillis;
  }

  void asked(long nowMillis) {
    Beat beat = beats.get();
    if (!beat.asked) {
      beat.asked = true;
      beat.sinceMillis = nowMillis;
    }
  }
}
