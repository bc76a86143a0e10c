package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class LogLinesTest {

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void aLineOfTextTellsStreamAndClip() {
    MDC.put("stream", "gate-1");
    MDC.put("clip", "gate-1@0");

    assertThat(line(new TextLines(), "too slow", null))
        .matches("\\d{4}-.* WARN Batcher \\{clip=gate-1@0, stream=gate-1\\} - too slow\n");
  }

  @Test
  void aLineOfTextIsOneLineWhateverItQuotes() {
    MDC.put("stream", "a\nb");

    assertThat(line(new TextLines(), "x\r\n\u001b[31my", null)).hasLineCount(1).contains("a?b");
  }

  @Test
  void aLineOfJsonIsAnObjectWithStreamAndClip() throws Exception {
    MDC.put("stream", "\"quoted\"\n");
    MDC.put("level", "not this one");
    String line = line(new JsonLines(), "failed\n", new IllegalStateException("why"));
    JsonNode json = new JsonMapper().readTree(line);

    assertThat(line).hasLineCount(1);
    assertThat(json.get("stream").asText()).isEqualTo("\"quoted\"\n");
    assertThat(json.get("level").asText()).isEqualTo("WARN");
    assertThat(json.get("logger").asText()).isEqualTo("dev.flamingostreams.engine.Batcher");
    assertThat(json.get("message").asText()).isEqualTo("failed\n");
    assertThat(json.get("time").asText()).endsWith("Z");
    assertThat(json.get("exception").asText()).contains("IllegalStateException: why", "\tat ");
    assertThat(json.has("clip")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--log-format json", "--log-format=json", "--log-format JSON"})
  void theFormatIsKnownBeforeTheCommandLineIsParsed(String given) {
    assertThat(LogFormat.in(List.of(("run x " + given).split(" ", -1)))).isEqualTo(LogFormat.JSON);
    assertThat(LogFormat.in(List.of("run", "json", "--log-format", "text")))
        .isEqualTo(LogFormat.TEXT);
  }

  @Test
  void anErrorThatTheProgramEndsWithIsToldOnce() {
    LogRecord error = new LogRecord(Level.SEVERE, "Encountered the following exception");
    error.setLoggerName("org.apache.kafka.streams.KafkaStreams");
    assertThat(Logs.isNoise(error)).isTrue();

    error.setLevel(Level.WARNING);
    assertThat(Logs.isNoise(error)).isFalse();
    error.setMessage("Processing exception handler is not enabled for the GlobalThread.");
    assertThat(Logs.isNoise(error)).isTrue();
    error.setLevel(Level.SEVERE);
    error.setLoggerName("dev.flamingostreams.engine.Batcher");
    assertThat(Logs.isNoise(error)).isFalse();
  }

  private static String line(Formatter formatter, String message, @Nullable Throwable thrown) {
    LogRecord log = new LogRecord(Level.WARNING, message);
    log.setLoggerName("dev.flamingostreams.engine.Batcher");
    log.setThrown(thrown);
    return formatter.format(log);
  }
}
