package dev.flamingostreams.dashboard;

import java.util.regex.Pattern;

/** Text of others, made fit for a page: no control characters, no turned lines, bounded. */
final class Shown {
  // controls, marks that turn the direction of what follows, halves of a character
  private static final Pattern UNFIT =
      Pattern.compile("[\\p{Cc}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\p{Cs}]");

  private Shown() {}

  /** At most so many characters; an ellipsis stands for the rest. */
  static String text(String text, int most) {
    String start = text.length() <= most ? text : text.substring(0, most - 1) + "…";
    return UNFIT.matcher(start).replaceAll("?");
  }
}
