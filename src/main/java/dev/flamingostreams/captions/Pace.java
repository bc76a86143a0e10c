package dev.flamingostreams.captions;

import java.time.Duration;

/**
 * When the tasks of a thread may ask for a commit. They share one transaction, so they ask
 * together; and where commits take long they ask less often, so that three times as long goes into
 * records as into commits. A commit lasts from the round in which it was asked for to the next
 * call.
 */
final class Pace {
  /** Calls of one round come within it. */
  private static final long ROUND_MILLIS = 2;

  private static final long MOST_MILLIS = 500;

  private final long everyMillis;
  private final ThreadLocal<Beat> beats = ThreadLocal.withInitial(Beat::new);

  private static final class Beat {
    private boolean asked;
    private long sinceMillis;
    private long restMillis;
  }

  /**
   * @param every how often tasks come to ask, if nothing keeps them
   */
  Pace(Duration every) {
    everyMillis = every.toMillis();
  }

  /** A record comes. */
  void record(long nowMillis) {
    called(nowMillis, 0);
  }

  /** Whether it is time; all tasks of a round may ask if one has. */
  boolean mayAsk(long nowMillis) {
    called(nowMillis, everyMillis);
    Beat beat = beats.get();
    return beat.asked || nowMillis - beat.sinceMillis >= beat.restMillis;
  }

  void asked(long nowMillis) {
    Beat beat = beats.get();
    if (!beat.asked) {
      beat.asked = true;
      beat.sinceMillis = nowMillis;
    }
  }

  private void called(long nowMillis, long idleMillis) {
    Beat beat = beats.get();
    long gap = nowMillis - beat.sinceMillis;
    if (beat.asked && gap >= ROUND_MILLIS) {
      beat.restMillis = Math.min(MOST_MILLIS, 3 * Math.max(0, gap - idleMillis));
      beat.sinceMillis = nowMillis;
      beat.asked = false;
    }
  }
}
