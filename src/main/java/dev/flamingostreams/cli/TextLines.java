package dev.flamingostreams.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Log lines for people: time, level, logger, what it is about in brackets, message. */
final class TextLines extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  @Override
  public String format(LogRecord log) {
    StringBuilder line = new StringBuilder();
    line.append(TIME.format(log.getInstant().atZone(ZoneId.systemDefault())))
        .append(' ')
        .append(level(log.getLevel()))
        .append(' ')
        .append(shortName(String.valueOf(log.getLoggerName())));
    Map<String, String> about = about();
    if (!about.isEmpty()) {
      line.append(' ').append(Printable.of(about.toString()));
    }
    line.append(" - ").append(Printable.of(message(log))).append('\n');
    return line.append(trace(log.getThrown())).toString();
  }

  /** In the words of slf4j. */
  static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  /** Of the stream and the clip that the thread is busy with, if any. */
  static Map<String, String> about() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : new TreeMap<>(context);
  }

  /** With the parameters that loggers of the JDK give apart. */
  String message(LogRecord log) {
    return String.valueOf(formatMessage(log));
  }

  static String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }
}
