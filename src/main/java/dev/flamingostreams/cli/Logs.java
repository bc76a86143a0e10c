package dev.flamingostreams.cli;

import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Log lines of this process on standard error. All of it, that of Kafka and of the JDK too, goes
 * through {@code java.util.logging}; who has a configuration file for that keeps it.
 */
final class Logs {
  private static final String FILE = "java.util.logging.config.file";

  /** DJL warns of every GPU library that is not there, JavaCPP of each library's version. */
  private static final List<String> NOISY =
      List.of(
          "ai.djl",
          "org.bytedeco",
          "io.micrometer",
          // each client warns each second while no broker answers
          "org.apache.kafka.clients.NetworkClient",
          // of a name without address, which what needs it tells
          "org.apache.kafka.clients.ClientUtils",
          "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils");

  // java.util.logging forgets the levels of loggers that nobody holds
  private static final List<Logger> HELD = NOISY.stream().map(Logger::getLogger).toList();

  private static final String STREAMS = "org.apache.kafka.streams.";
  private static final String GLOBAL_HANDLER = "Processing exception handler is not enabled";

  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private Logs() {}

  /** To be called before anything logs. */
  static void start(Level atMost, LogFormat format) {
    setIfAbsent("org.bytedeco.javacpp.logger", "slf4j");
    if (System.getProperty(FILE) != null) {
      return;
    }
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(atMost);
    Handler handler = handler(format);
    root.addHandler(handler);
    if (!atMost.equals(Level.INFO)) {
      handler.setFilter(log -> !isNoise(log));
      HELD.forEach(logger -> logger.setLevel(atMost.equals(Level.OFF) ? atMost : Level.SEVERE));
      LUCENE.setLevel(Level.OFF);
    }
  }

  private static Handler handler(LogFormat format) {
    Handler handler = new ConsoleHandler(); // to standard error, a line at a time
    handler.setLevel(Level.ALL);
    handler.setFormatter(format == LogFormat.JSON ? new JsonLines() : new TextLines());
    return handler;
  }

  /**
   * Kafka Streams logs the exception that ends it four times, with traces, and Runner tells it. Of
   * its handler for global stores, of which there are none here, it warns at each start.
   */
  static boolean isNoise(LogRecord log) {
    boolean error = log.getLevel().equals(Level.SEVERE);
    boolean ofStores = String.valueOf(log.getMessage()).startsWith(GLOBAL_HANDLER);
    return String.valueOf(log.getLoggerName()).startsWith(STREAMS) && (error || ofStores);
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
