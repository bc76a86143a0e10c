package dev.flamingostreams.captions;

import java.time.Duration;

/**
 * What the captions stage lets pile up, per task.
 *
 * @param maxPending clips waiting or being described beyond which the stream waits or skips
 * @param maxInFlight clips handed to the engine at once
 * @param maxInFlightBytes images of clips in flight; one clip may always fly
 * @param overload what happens beyond {@code maxPending}
 * @param maxWait of {@link Overload#WAIT}, for all tasks of a thread together between two commits;
 *     zero is a third of the transaction time-out
 * @param drainEvery how often finished captions are looked for when no record comes
 * @param giveUpAfter a clip in flight for longer is dead-lettered; the engine's own time-out for a
 *     clip comes first unless the engine itself is stuck
 * @param lagging when a task lags, and what it leaves out then
 * @param unchanged what becomes of clips that look as the last described one did
 */
public record CaptionLimits(
    int maxPending,
    int maxInFlight,
    long maxInFlightBytes,
    Overload overload,
    Duration maxWait,
    Duration drainEvery,
    Duration giveUpAfter,
    Lagging lagging,
    Unchanged unchanged) {

  /** What to do with clips when too many are pending. */
  public enum Overload {
    /** Slow the input down and keep every clip: for a program of our own. */
    WAIT,
    /** A dead letter with reason {@code overloaded}: for a host that must not be slowed. */
    SKIP
  }

  public CaptionLimits {
    require(maxPending >= 1, "maxPending %s must be at least 1", maxPending);
    require(maxInFlight >= 1, "maxInFlight %s must be at least 1", maxInFlight);
    require(maxInFlightBytes >= 1, "maxInFlightBytes %s must be at least 1", maxInFlightBytes);
    require(!maxWait.isNegative(), "maxWait %s must not be negative", maxWait);
    require(drainEvery.toMillis() >= 1, "drainEvery %s must be at least 1 ms", drainEvery);
    require(giveUpAfter.toMillis() >= 1, "giveUpAfter %s must be at least 1 ms", giveUpAfter);
  }

  /** That describes every clip in full. */
  public CaptionLimits(
      int maxPending,
      int maxInFlight,
      long maxInFlightBytes,
      Overload overload,
      Duration maxWait,
      Duration drainEvery,
      Duration giveUpAfter) {
    this(
        maxPending,
        maxInFlight,
        maxInFlightBytes,
        overload,
        maxWait,
        drainEvery,
        giveUpAfter,
        Lagging.DEFAULT,
        Unchanged.DEFAULT);
  }

  /** The defaults of a topology. */
  public static CaptionLimits of(Overload overload) {
    return new CaptionLimits(
        256, 64, 64L << 20, overload, Duration.ZERO, Duration.ofMillis(50), Duration.ofMinutes(10));
  }

  /** The same, skipping what is too much. */
  public CaptionLimits skipping() {
    return new CaptionLimits(
        maxPending,
        maxInFlight,
        maxInFlightBytes,
        Overload.SKIP,
        maxWait,
        drainEvery,
        giveUpAfter,
        lagging,
        unchanged);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
