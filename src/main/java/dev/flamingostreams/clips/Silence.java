package dev.flamingostreams.clips;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows by the wall clock which streams with open windows have been silent for too long. It counts
 * only when the task has caught up: its newest record is recent, or no record came for as long.
 */
final class Silence {
  private final long mostMillis;
  private final Map<String, Long> heardAt = new HashMap<>();
  private long newestRecord;
  private long lastHeard;

  /**
   * @param most zero: no silence is too long
   */
  Silence(Duration most, long nowMillis) {
    mostMillis = most.toMillis();
    lastHeard = nowMillis;
  }

  boolean matters() {
    return mostMillis > 0;
  }

  void heard(String stream, boolean open, long recordMillis, long nowMillis) {
    if (!matters()) {
      return;
    }
    newestRecord = Math.max(newestRecord, Math.min(recordMillis, nowMillis)); // none is of tomorrow
    lastHeard = nowMillis;
    if (open) {
      heardAt.put(stream, nowMillis);
    } else {
      heardAt.remove(stream);
    }
  }

  /** Names each of them once. */
  List<String> tooLong(long nowMillis) {
    List<String> silent = new ArrayList<>();
    if (nowMillis - newestRecord < mostMillis || nowMillis - lastHeard >= mostMillis) {
      heardAt.forEach(
          (stream, heard) -> {
            if (nowMillis - heard >= mostMillis) {
              silent.add(stream);
            }
          });
      silent.forEach(heardAt::remove);
    }
    return silent;
  }
}
