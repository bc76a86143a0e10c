package dev.flamingostreams.cli;

import java.util.regex.Pattern;

/** Text of others on a terminal: it may hold the terminal's own commands, or turn lines around. */
final class Printable {
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** With a question mark for each character that moves the cursor or the text. */
  static String of(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
