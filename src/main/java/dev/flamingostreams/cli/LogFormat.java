package dev.flamingostreams.cli;

import java.util.List;
import java.util.Locale;

/** How log lines are written. */
enum LogFormat {
  TEXT,
  JSON;

  static final String OPTION = "--log-format";

  /** Asked before the command line is parsed, which then refuses what is neither. */
  static LogFormat in(List<String> args) {
    int at = args.indexOf(OPTION);
    boolean json =
        args.stream().anyMatch(arg -> isJson(arg, OPTION + "=json"))
            || (at >= 0 && at + 1 < args.size() && isJson(args.get(at + 1), "json"));
    return json ? JSON : TEXT;
  }

  private static boolean isJson(String given, String wanted) {
    return given.toLowerCase(Locale.ROOT).equals(wanted);
  }
}
