package dev.flamingostreams.alerts;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * When a caption raises an alert.
 *
 * @param name unique among the rules of a stage, at most 100 letters, digits, spaces, {@code . _ -}
 * @param query Lucene's classic syntax over the words of the caption, case ignored; words beside
 *     each other must all be there, {@code OR}, {@code NOT}, quotes and {@code *} do as usual
 * @param cooldown after an alert, matches within this much of the camera's time raise no other for
 *     the same stream
 * @param consecutive how many captions of a stream in a row must match
 * @param unsure whether captions that the model is unsure of count
 * @param streams whose captions the rule looks at
 */
public record AlertRule(
    String name,
    String query,
    Severity severity,
    Duration cooldown,
    int consecutive,
    boolean unsure,
    Predicate<String> streams) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST_CONSECUTIVE = 1_000;

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the first value that is wrong and what is right
   */
  public AlertRule {
    require(
        NAME.matcher(name).matches(),
        "name '%s' must begin with a letter or digit and hold at most 100 letters, digits, spaces"
            + " or . _ -",
        name);
    require(
        !cooldown.isNegative() && cooldown.compareTo(LONGEST) <= 0,
        "cooldown %s is not between 0 and 30 days",
        cooldown);
    require(
        consecutive >= 1 && consecutive <= MOST_CONSECUTIVE,
        "%d captions in a row is not between 1 and %d",
        consecutive,
        MOST_CONSECUTIVE);
    AlertQuery.parse(query);
  }

  /** A rule over sure captions of every stream. */
  public static AlertRule of(String name, String query, Severity severity, Duration cooldown) {
    return new AlertRule(name, query, severity, cooldown, 1, false, stream -> true);
  }

  /**
   * Refuses a query that does not parse or could never match.
   *
   * @throws IllegalArgumentException saying what is wrong with {@code query}
   */
  public static void checkQuery(String query) {
    AlertQuery.parse(query);
  }

  @SuppressWarnings("AnnotateFormatMethod") // that annotation is not on the class path
  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
