package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve(RunFiles.LOG);
    TrainingLog log = new TrainingLog(file);
    log.started(Standing.atStartOf("vision"), NOW);
    log.add(point("vision", 50));
    log.add(point("vision", 100));
    log.add(point("language", 50));
    log.add(point("language", 100));
  }

  @Test
  void whatCameAfterTheCheckpointIsCut() throws IOException {
    TrainingLog log = TrainingLog.resumed(file, at("language", 75));
    assertThat(log.points("vision")).hasSize(2);
    assertThat(log.points("language")).extracting(CurvePoint::step).containsExactly(50);
    assertThat(log.starts()).hasSize(1);
    assertThat(TrainingLog.resumed(file, at("language", 100)).points("language")).hasSize(1);
  }

  @Test
  void aRunWithoutACheckpointBeginsItsCurveAnew() throws IOException {
    assertThat(TrainingLog.resumed(file, Standing.atStartOf("vision")).points("vision")).isEmpty();
  }

  @Test
  void everyPrefixOfTheFileCanBeGoneOnWith() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      TrainingLog log = TrainingLog.resumed(file, at("vision", 50));
      log.add(point("vision", 100));
      assertThat(TrainingLog.resumed(file, at("vision", 100)).points("vision"))
          .extracting(CurvePoint::step)
          .endsWith(100)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void linesOfTheFirstFormatAreRead() throws IOException {
    Files.writeString(
        file,
        "{\"stage\":\"vision\",\"step\":50,\"loss\":14.5,\"learningRate\":4.1E-4,\"gradientNorm\":\"NaN\"}\n");
    CurvePoint point = TrainingLog.resumed(file, at("vision", 50)).points("vision").get(0);
    assertThat(point.loss()).isEqualTo(14.5);
    assertThat(point.seconds()).isNull();
  }

  @Test
  void aLineThatSomebodyBrokeIsNamed() throws IOException {
    Files.writeString(file, "oops\n" + Files.readString(file));
    assertThatThrownBy(() -> TrainingLog.resumed(file, at("vision", 50)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(file + ": line 1 is not what was written; delete that line");
  }

  private static Standing at(String stage, int step) {
    return new Standing(stage, step, 1, 0, 0);
  }

  private static CurvePoint point(String stage, int step) {
    return new CurvePoint(stage, step, 1.0, 1e-3, 1.0, 99.0, 3.0, 0, null);
  }
}
