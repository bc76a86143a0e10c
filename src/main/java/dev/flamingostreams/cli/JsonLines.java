package dev.flamingostreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * Log lines for machines, an object each: {@code time}, {@code level}, {@code logger}, {@code
 * thread}, {@code message}, {@code stream} and {@code clip} if it is about one, {@code exception}
 * with its trace.
 */
final class JsonLines extends Formatter {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String format(LogRecord log) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("time", log.getInstant().toString());
    line.put("level", TextLines.level(log.getLevel()));
    line.put("logger", String.valueOf(log.getLoggerName()));
    line.put("thread", Thread.currentThread().getName());
    line.put("message", String.valueOf(formatMessage(log)));
    TextLines.about().forEach(line::putIfAbsent);
    if (log.getThrown() != null) {
      line.put("exception", TextLines.trace(log.getThrown()));
    }
    try {
      return JSON.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a map of text
    }
  }
}
