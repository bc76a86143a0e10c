package dev.flamingostreams.alerts;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a rule remembers of one stream. Times in microseconds of the camera.
 *
 * @param firstSeenMicros start of the first match since the last alert, if {@code count} > 0
 * @param count matches since the last alert
 * @param run matches in a row, up to the newest caption
 * @param alerted whether there was an alert
 * @param lastAlertMicros end of the clip that raised it
 */
record RuleState(long firstSeenMicros, long count, int run, boolean alerted, long lastAlertMicros) {
  static final RuleState NEW = new RuleState(0, 0, 0, false, 0);

  private static final byte VERSION = 1;
  private static final int BYTES = 1 + 8 + 8 + 4 + 1 + 8;

  RuleState matched(long startMicros) {
    return new RuleState(
        count == 0 ? startMicros : firstSeenMicros, count + 1, run + 1, alerted, lastAlertMicros);
  }

  RuleState missed() {
    return new RuleState(firstSeenMicros, count, 0, alerted, lastAlertMicros);
  }

  RuleState afterAlert(long endMicros) {
    return new RuleState(0, 0, run, true, endMicros);
  }

  /** A camera whose clock was set back is not silenced until it has caught up. */
  boolean cooling(long endMicros, Duration cooldown) {
    return alerted && Math.abs(endMicros - lastAlertMicros) < cooldown.toNanos() / 1_000;
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .put(VERSION)
        .putLong(firstSeenMicros)
        .putLong(count)
        .putInt(run)
        .put((byte) (alerted ? 1 : 0))
        .putLong(lastAlertMicros)
        .array();
  }

  /** Another version's memory is not misread: the rule begins anew. */
  static RuleState fromBytes(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != BYTES || bytes[0] != VERSION) {
      return NEW;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    return new RuleState(in.getLong(), in.getLong(), in.getInt(), in.get() == 1, in.getLong());
  }
}
