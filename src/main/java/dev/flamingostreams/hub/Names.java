package dev.flamingostreams.hub;

import java.util.Arrays;

/** File names as a hub lists them. */
final class Names {
  private static final int MAX_LENGTH = 1024;
  private static final int MAX_SHOWN = 60;

  private Names() {}

  /** Whether this is a relative path that stays where it is resolved, on any file system. */
  static boolean plain(String path) {
    return !path.isEmpty()
        && path.length() <= MAX_LENGTH
        && path.chars().noneMatch(c -> c == '\\' || c == ':' || unprintable(c))
        && Arrays.stream(path.split("/", -1)).noneMatch(Names::escapes);
  }

  private static boolean escapes(String segment) {
    return segment.isEmpty() || segment.equals(".") || segment.equals("..");
  }

  /** What a terminal may be given of a name. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(MAX_SHOWN)
        .forEach(c -> shown.appendCodePoint(unprintable(c) ? '?' : c));
    return name.length() > MAX_SHOWN ? shown + "..." : shown.toString();
  }

  private static boolean unprintable(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
