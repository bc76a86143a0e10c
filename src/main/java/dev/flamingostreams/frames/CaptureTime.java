package dev.flamingostreams.frames;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Capture times as people write them. */
public final class CaptureTime {
  private CaptureTime() {}

  /**
   * Microseconds since the epoch.
   *
   * @param text as 2026-11-23T08:00:00Z
   * @throws DateTimeException if it is no time in UTC, or further away than microseconds count
   */
  public static long micros(String text) {
    Instant time = Instant.parse(text);
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException e) {
      throw new DateTimeException(text + " is too far away", e);
    }
  }
}
