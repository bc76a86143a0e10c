package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a topology or a rule looks at.
 *
 * @param patterns names, in which {@code *} stands for any text and {@code ?} for one character
 */
public record StreamFilter(List<String> patterns) implements Predicate<String> {
  private static final int LONGEST = 249;

  public StreamFilter {
    patterns = List.copyOf(patterns);
    for (String pattern : patterns) {
      if (pattern.isBlank() || pattern.length() > LONGEST) {
        throw new IllegalArgumentException(
            "'%s' is not the name of a stream, nor a pattern such as gate-*".formatted(pattern));
      }
    }
  }

  public static StreamFilter all() {
    return new StreamFilter(List.of("*"));
  }

  @Override
  public boolean test(String stream) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, stream));
  }

  /**
   * Whether a record is a topology's business by its key. One without a key is everybody's, so that
   * it ends as a dead letter of someone.
   */
  public boolean takes(byte @Nullable [] key) {
    return key == null || test(new String(key, UTF_8));
  }

  @Override
  public String toString() {
    return String.join(", ", patterns);
  }

  // Greedy with one way back, so that no pattern takes more than pattern times name steps.
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }
}
