package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  private final StringWriter out = new StringWriter();

  @TempDir Path directory;

  @BeforeEach
  void writeModel() throws IOException {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F32);
  }

  @Test
  void theMachineAndItsEnginesAreToldOnOneScreen() {
    assertThat(doctor()).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .allMatch(line -> line.length() <= 80)
        .hasSizeLessThan(25)
        .anyMatch(line -> line.startsWith("java            " + System.getProperty("java.version")))
        .anyMatch(line -> line.startsWith("gpu"))
        .anyMatch(line -> line.matches("onnxruntime +works: onnxruntime [0-9.]+ cpu says .*"))
        .anyMatch(line -> line.startsWith("tensorrt"));
  }

  @Test
  void jsonHasTheSameForPrograms() throws IOException {
    assertThat(doctor("--json")).isEqualTo(ExitCode.OK);
    JsonNode checkup = new JsonMapper().readTree(out.toString());
    assertThat(checkup.fieldNames())
        .toIterable()
        .containsExactly("flamingo", "machine", "gpu", "libraries", "engines");
    JsonNode cpu = checkup.path("engines").path(0);
    assertThat(cpu.path("engine").asText()).isEqualTo("onnxruntime");
    assertThat(cpu.path("device").asText()).isEqualTo("cpu");
    assertThat(cpu.path("millis").isNumber()).isTrue();
    assertThat(cpu.has("problem")).isFalse();
  }

  @Test
  void aModelThatNoEngineRunsIsAFailure() throws IOException {
    Files.delete(directory.resolve("config.json"));
    assertThat(doctor()).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("onnxruntime     not on cpu: ").contains("config.json");
  }

  private int doctor(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "doctor";
    args[1] = "--model";
    args[2] = directory.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return Main.commandLine().setOut(new PrintWriter(out)).execute(args);
  }
}
