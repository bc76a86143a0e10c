package dev.flamingostreams.captions;

import dev.flamingostreams.schema.Clip;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a task lags, and what it leaves out then. It lags when its oldest pending clip has waited
 * for longer than {@code after}, and has caught up when that is below half of it.
 *
 * @param after by the wall clock
 * @param frames that a clip is described with at most while its task lags, evenly chosen
 * @param hop every so-many-th window is described while the task lags; the others are dead letters
 *     with reason {@code lagging}
 * @param windowHop of the clip rules; zero if {@code hop} is 1
 */
public record Lagging(Duration after, int frames, int hop, Duration windowHop) {
  /** Fewer frames no clip is thinned to: what the models learnt on. */
  public static final int LEAST_FRAMES = 8;

  public static final int ALL_FRAMES = 30;

  /** After 10 s, and nothing is left out. */
  public static final Lagging DEFAULT =
      new Lagging(Duration.ofSeconds(10), ALL_FRAMES, 1, Duration.ZERO);

  public Lagging {
    require(after.toMillis() >= 1, "after %s must be at least 1 ms", after);
    require(
        frames >= LEAST_FRAMES && frames <= ALL_FRAMES, "frames %s must be from 8 to 30", frames);
    require(hop >= 1, "hop %s must be at least 1", hop);
    require(hop == 1 || windowHop.toNanos() >= 1_000, "windowHop %s must be positive", windowHop);
  }

  /** Whether it is the clip of a window between those that are described. */
  boolean leavesOut(Clip clip) {
    if (hop == 1) {
      return false;
    }
    // Windows of a session start one hop after the other, wherever the first one does.
    long window =
        Math.floorDiv(clip.startMicros(), TimeUnit.NANOSECONDS.toMicros(windowHop.toNanos()));
    return Math.floorMod(window, (long) hop) != 0;
  }

  /** What it does to a clip that is described; null if nothing. */
  @Nullable Thinning thinning(Clip clip) {
    int shown = Math.min(frames, clip.frameMicros().size());
    return hop == 1 && shown == clip.frameMicros().size() ? null : new Thinning(shown, hop);
  }

  private static void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
