package dev.flamingostreams.clips;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a stream is cut into clips. All durations are in the camera's time, except {@code flush}.
 *
 * @param length of a window
 * @param hop from the start of one window to the next; shorter than the length they overlap
 * @param rate sampled frames per second; length × rate, rounded, is what a full clip holds
 * @param minFrames a window with fewer picked frames makes no clip
 * @param maxFrames if length × rate is more, this many are spread over the window instead
 * @param grace how far behind the newest frame a frame may come and still take its place
 * @param sessionGap a longer silence, or a jump of the clock, ends the session
 * @param align where the windows of a session start
 * @param flush a stream that is silent for this long by the wall clock has its windows closed; zero
 *     is never. For topics without markers only: it makes clips depend on when they are processed.
 * @param maxBuffered bytes of the images that one stream's open windows may hold. A frame beyond it
 *     is not stored, and counted as in excess; the next to be taken comes when windows have closed.
 *     Images of clips that are not described yet do not count: of these there are no more than
 *     {@code max-pending} per task and what one round of records adds, each no larger than this.
 */
public record ClipRules(
    Duration length,
    Duration hop,
    double rate,
    int minFrames,
    int maxFrames,
    Duration grace,
    Duration sessionGap,
    Align align,
    Duration flush,
    long maxBuffered) {
  /** By default. */
  public static final long MAX_BUFFERED = 256L << 20;

  /** The most frames that the temporal embeddings of a model reach. */
  public static final int MOST_FRAMES = 30;

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST_OVERLAP = 64;

  /** Where windows start. */
  public enum Align {
    /** At the smallest capture time of the session. */
    ANCHOR,
    /** At multiples of the hop since the epoch, so that clip ids survive a reset. */
    EPOCH
  }

  public ClipRules {
    require(maxBuffered >= 1, "maxBuffered %d must be at least 1 byte", maxBuffered);
    within("length", length, Duration.ofMillis(1), LONGEST);
    within("hop", hop, Duration.ofMillis(1), LONGEST);
    within("grace", grace, Duration.ZERO, LONGEST);
    within("sessionGap", sessionGap, Duration.ofMillis(1), LONGEST);
    within("flush", flush, Duration.ZERO, LONGEST);
    require(
        length.compareTo(hop.multipliedBy(MOST_OVERLAP)) <= 0,
        "hop %s lets more than %d windows of %s overlap; make it longer",
        hop,
        MOST_OVERLAP,
        length);
    require(rate > 0 && rate <= 1_000, "rate %s is not between 0 and 1000 frames a second", rate);
    require(
        minFrames >= 1 && minFrames <= maxFrames,
        "minFrames %d is not between 1 and maxFrames %d",
        minFrames,
        maxFrames);
    require(
        maxFrames <= MOST_FRAMES,
        "maxFrames %d is more than a model takes; set it to %d or less",
        maxFrames,
        MOST_FRAMES);
    require(
        samples(length, rate) >= minFrames,
        "a window of %s at %s frames a second holds %d frames, less than minFrames %d;"
            + " raise length or rate",
        length,
        rate,
        samples(length, rate),
        minFrames);
    require(
        sessionGap.compareTo(grace) > 0,
        "sessionGap %s must be longer than grace %s",
        sessionGap,
        grace);
    require(
        align != Align.EPOCH || sessionGap.compareTo(length) >= 0,
        "with align epoch, sessionGap %s must not be shorter than length %s: it would cut windows"
            + " in two",
        sessionGap,
        length);
  }

  /** With the default of what may be buffered. */
  public ClipRules(
      Duration length,
      Duration hop,
      double rate,
      int minFrames,
      int maxFrames,
      Duration grace,
      Duration sessionGap,
      Align align,
      Duration flush) {
    this(length, hop, rate, minFrames, maxFrames, grace, sessionGap, align, flush, MAX_BUFFERED);
  }

  /** The same with another bound. */
  public ClipRules withMaxBuffered(long bytes) {
    return new ClipRules(
        length, hop, rate, minFrames, maxFrames, grace, sessionGap, align, flush, bytes);
  }

  /** Windows of {@code length} side by side, 8 to 30 frames, with the defaults of a topology. */
  public static ClipRules of(Duration length, double rate) {
    return of(length, length, rate, 8, MOST_FRAMES);
  }

  /** With the defaults of a topology for what is not named. */
  public static ClipRules of(
      Duration length, Duration hop, double rate, int minFrames, int maxFrames) {
    Duration gap = length.compareTo(Duration.ofSeconds(10)) > 0 ? length : Duration.ofSeconds(10);
    return new ClipRules(
        length,
        hop,
        rate,
        minFrames,
        maxFrames,
        Duration.ofMillis(500),
        gap,
        Align.ANCHOR,
        Duration.ZERO);
  }

  /** Frames of a full clip. */
  public int samples() {
    return (int) Math.min(maxFrames, samples(length, rate));
  }

  /**
   * The same for rules that cut the same clips: first 8 hexadecimal digits of a SHA-256. Ends up in
   * clip ids.
   */
  public String hash() {
    return Cut.of(this).hash();
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** Frames of a window, before they are thinned out. */
  public static long samples(Duration length, double rate) {
    return Math.round(micros(length) * rate / 1e6);
  }

  private static void within(String name, Duration value, Duration least, Duration most) {
    require(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        "%s %s is not between %s and %s",
        name,
        value,
        least,
        most);
  }

  @SuppressWarnings("AnnotateFormatMethod") // that annotation is not on the class path
  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      Object[] readable = Arrays.stream(values).map(ClipRules::readable).toArray();
      throw new IllegalArgumentException(message.formatted(readable));
    }
  }

  /** Durations as topology files write them: {@code 1m30s} for {@code PT1M30S}. */
  private static Object readable(Object value) {
    return value instanceof Duration
        ? value.toString().substring(2).toLowerCase(Locale.ROOT)
        : value;
  }
}
