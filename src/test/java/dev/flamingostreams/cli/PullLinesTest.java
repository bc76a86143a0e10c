package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PullLinesTest {
  private static final Path DIRECTORY = Path.of("models");
  private static final Path FILE = DIRECTORY.resolve("vision/model.safetensors");
  private static final long MB = 1 << 20;

  private final StringWriter err = new StringWriter();
  private long seconds;

  @Test
  void aLineIsDrawnOverOnceASecond() {
    PullLines lines = lines(true);
    lines.reached(FILE, 100 * MB, 1700 * MB);
    lines.reached(FILE, 101 * MB, 1700 * MB);
    seconds = 2;
    lines.reached(FILE, 120 * MB, 1700 * MB);
    lines.reached(FILE, 121 * MB, 1700 * MB);
    assertThat(err.toString())
        .startsWith("\rvision/model.safetensors  120 of 1700 MB  10.0 MB/s  2:38 left")
        .hasSize(80);
  }

  @Test
  void theLongestLineFitsATerminal() {
    PullLines lines = lines(true);
    Path file = DIRECTORY.resolve("language/pytorch_model-00001-of-00002.safetensors");
    lines.reached(file, 0, 99_999 * MB);
    seconds = 100;
    lines.reached(file, 11_111 * MB, 99_999 * MB);
    seconds = 100_000;
    lines.reached(file, 11_112 * MB, 99_999 * MB);
    assertThat(err.toString().split("\r")).allMatch(line -> line.length() < 80);
  }

  @Test
  void withoutATerminalOnlyFinishedFilesAndFailuresAreTold() {
    PullLines lines = lines(false);
    lines.reached(FILE, 0, 3 * MB);
    seconds = 5;
    lines.reached(FILE, MB, 3 * MB);
    lines.note("the line was lost; again in 1 s");
    lines.finished(FILE, 3 * MB, false);
    lines.finished(DIRECTORY.resolve("vision/config.json"), 70, true);
    assertThat(err.toString().lines())
        .containsExactly(
            "the line was lost; again in 1 s",
            "vision/model.safetensors  3 MB",
            "vision/config.json  70 bytes, here already");
  }

  private PullLines lines(boolean terminal) {
    return new PullLines(
        DIRECTORY, new PrintWriter(err, true), terminal, () -> TimeUnit.SECONDS.toNanos(seconds));
  }
}
