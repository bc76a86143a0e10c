package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.flamingostreams.schema.DeadLetter;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Logs dead letters on their way to the topic, with {@code stream} and {@code clip} in the log's
 * context; a few a minute, however many there are.
 */
final class DeadLetterLog implements Processor<byte[], byte[], byte[], byte[]> {
  static final int MOST_A_MINUTE = 10;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);
  private static final int MOST_NAME = 200;

  private @Nullable ProcessorContext<byte[], byte[]> context;
  private long minute = Long.MIN_VALUE;
  private int logged;
  private long unlogged;

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> letter) {
    ProcessorContext<byte[], byte[]> to = requireNonNull(context, "process before init");
    if (LOG.isWarnEnabled()) {
      log(letter, TimeUnit.MILLISECONDS.toMinutes(to.currentSystemTimeMs()));
    }
    to.forward(letter);
  }

  private void log(Record<byte[], byte[]> letter, long now) {
    if (now != minute) {
      tellUnlogged();
      minute = now;
      logged = 0;
    }
    if (logged++ >= MOST_A_MINUTE) {
      unlogged++;
      return;
    }
    byte[] key = letter.key();
    put("stream", key == null ? "" : new String(key, UTF_8));
    put("clip", header(letter, DeadLetter.CLIP));
    try {
      LOG.warn(
          "dead letter from {}: {}: {}",
          header(letter, DeadLetter.STAGE),
          header(letter, DeadLetter.REASON),
          header(letter, DeadLetter.MESSAGE));
    } finally {
      MDC.remove("stream");
      MDC.remove("clip");
    }
  }

  private void tellUnlogged() {
    if (unlogged > 0) {
      LOG.warn("{} more dead letters in the last minute were not logged", unlogged);
      unlogged = 0;
    }
  }

  private static void put(String key, String value) {
    if (!value.isEmpty()) {
      MDC.put(key, value.substring(0, Math.min(value.length(), MOST_NAME)));
    }
  }

  private static String header(Record<byte[], byte[]> letter, String name) {
    return DeadLetter.get(letter.headers(), name, "");
  }
}
