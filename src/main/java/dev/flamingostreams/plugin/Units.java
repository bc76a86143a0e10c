package dev.flamingostreams.plugin;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads quantities with their units: durations {@code 500ms, 3s, 2m, 1h}, rates {@code 4/s}, {@code
 * 30/m} or {@code 12fps}, sizes {@code 900KB, 1MB} (of 1024). Every method throws {@link
 * IllegalArgumentException} with what to write instead.
 */
public final class Units {
  private static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(/?[a-zA-Z]*)");
  private static final Map<String, Long> NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
  private static final Map<String, Integer> PER_SECONDS =
      Map.of("/s", 1, "fps", 1, "/m", 60, "/h", 3_600);
  private static final Map<String, Long> BYTES = Map.of("b", 1L, "kb", 1L << 10, "mb", 1L << 20);

  private Units() {}

  public static Duration duration(String text) {
    Matcher quantity = match(text, "a duration; write it like 500ms, 3s, 2m or 1h");
    Long nanos = NANOS.get(quantity.group(2));
    if (nanos == null) {
      String number = quantity.group(1);
      throw new IllegalArgumentException(
          quantity.group(2).isEmpty()
              ? "'%s' has no unit; write %ss or %sms".formatted(text, number, number)
              : "'%s' has the unit '%s'; durations are in ms, s, m or h"
                  .formatted(text, quantity.group(2)));
    }
    BigDecimal value = new BigDecimal(quantity.group(1)).multiply(BigDecimal.valueOf(nanos));
    return Duration.ofSeconds(0, value.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
  }

  static double rate(String text) {
    Matcher quantity = match(text, "a rate; write it like 4/s or 30/m");
    Integer seconds = PER_SECONDS.get(quantity.group(2));
    if (seconds == null) {
      throw new IllegalArgumentException(
          quantity.group(2).isEmpty()
              ? "'%s' has no unit; write %s/s".formatted(text, quantity.group(1))
              : "'%s' has the unit '%s'; rates are in /s, fps, /m or /h"
                  .formatted(text, quantity.group(2)));
    }
    double rate = Double.parseDouble(quantity.group(1)) / seconds;
    if (rate <= 0) {
      throw new IllegalArgumentException("'%s' must be above 0; write it like 4/s".formatted(text));
    }
    return rate;
  }

  /** Up to 1024MB. */
  static int bytes(String text) {
    return (int) bytes(text, 1 << 10);
  }

  /** Up to so many MB. */
  public static long bytes(String text, long mostMegabytes) {
    Matcher quantity = match(text, "a size; write it like 900KB or 1MB");
    Long unit = BYTES.get(quantity.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw new IllegalArgumentException(
          quantity.group(2).isEmpty()
              ? "'%s' has no unit; write %sKB or %sMB"
                  .formatted(text, quantity.group(1), quantity.group(1))
              : "'%s' has the unit '%s'; sizes are in B, KB or MB"
                  .formatted(text, quantity.group(2)));
    }
    double bytes = Double.parseDouble(quantity.group(1)) * unit;
    if (bytes < 1 || bytes > mostMegabytes * (1L << 20)) {
      throw new IllegalArgumentException(
          "'%s' is not between 1B and %dMB".formatted(text, mostMegabytes));
    }
    return (long) bytes;
  }

  private static Matcher match(String text, String expected) {
    Matcher matcher = QUANTITY.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(text, expected));
    }
    return matcher;
  }
}
