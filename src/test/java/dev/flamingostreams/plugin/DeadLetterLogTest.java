package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.schema.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class DeadLetterLogTest {
  private final Logger logger = Logger.getLogger(DeadLetterLog.class.getName());
  private final List<String> lines = new ArrayList<>();
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final DeadLetterLog log = new DeadLetterLog();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage() + " " + MDC.get("stream") + " " + MDC.get("clip"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARNING);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    log.init(context);
    context.setCurrentSystemTimeMs(0);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void aLetterPassesAndIsLoggedWithStreamAndClip() {
    log.process(letter());

    assertThat(context.forwarded()).hasSize(1);
    assertThat(lines)
        .containsExactly("dead letter from captions: timeout: took too long gate-1 gate-1@0");
    assertThat(MDC.get("stream")).isNull();
  }

  @Test
  void aFloodIsLoggedInPartAndAddedUpInTheNextMinute() {
    for (int i = 0; i < 25; i++) {
      log.process(letter());
    }
    assertThat(lines).hasSize(DeadLetterLog.MOST_A_MINUTE);
    context.setCurrentSystemTimeMs(60_000);
    log.process(letter());

    assertThat(context.forwarded()).hasSize(26);
    assertThat(lines.get(10)).startsWith("15 more dead letters");
    assertThat(lines).hasSize(12);
  }

  private static Record<byte[], byte[]> letter() {
    RecordHeaders headers = new RecordHeaders();
    DeadLetter.sign(headers, "captions", "timeout", "took too long");
    DeadLetter.set(headers, DeadLetter.CLIP, "gate-1@0");
    return new Record<>("gate-1".getBytes(UTF_8), new byte[0], 0, headers);
  }
}
