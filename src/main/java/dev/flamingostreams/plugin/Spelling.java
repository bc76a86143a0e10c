package dev.flamingostreams.plugin;

import java.util.Locale;

/** Finds what a misspelt key was meant to be. */
final class Spelling {
  private static final int LONGEST = 40;

  private Spelling() {}

  /** Whether at most a third of the letters differ, case and separators ignored. */
  static boolean alike(String written, String known) {
    String a = plain(written);
    String b = plain(known);
    return a.length() <= LONGEST && distance(a, b) <= Math.max(1, b.length() / 3);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
