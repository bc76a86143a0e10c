package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void eachNumberOfClipsIsALineAndTheEngineIsToldOnce() throws Exception {
    assertThat(run("--engine", "auto", "--frames", "2", "--batch", "1,2", "--rounds", "1"))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);

    assertThat(err.toString().lines()).singleElement().asString().startsWith("engine: ");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(new JsonMapper().readTree(line));
    }
    assertThat(lines).extracting(line -> line.path("batch").asInt()).containsExactly(1, 2);
    assertThat(lines).allMatch(line -> err.toString().contains(line.path("engine").asText()));
  }

  @Test
  void aNumberOfClipsOutOfRangeIsAMistakeOfUsage() {
    assertThat(run("--engine", "onnxruntime", "--clips", "-1")).isEqualTo(ExitCode.USAGE);
    assertThat(line()).startsWith("flamingo: --clips is -1, must be 0 to ");
    assertThat(run("--engine", "onnxruntime", "--clips", "10000000")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void anEngineIsNotComparedWithItself() {
    assertThat(run("--engine", "onnxruntime", "--device", "cpu", "--clips", "2"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(line())
        .matches(
            "flamingo: --clips 2 compares with onnxruntime [0-9.]+ cpu, and that is what would be"
                + " measured; leave it out or name another --engine or --device");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDeviceIsTakenAsOtherCommandsTakeIt() {
    assertThat(run("--device", "tpu")).isEqualTo(ExitCode.USAGE);
    assertThat(line()).contains("'tpu' is no device, must be cpu, cuda or cuda: and the number");
    err.getBuffer().setLength(0);
    assertThat(run("--device", "cpu")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(line()).startsWith("flamingo: TensorRT runs on GPUs only");
  }

  @Test
  void whereClipsCannotBeSavedTheReasonIsTold() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(run("--engine", "onnxruntime", "--save-clips", file.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(line())
        .isEqualTo(
            "flamingo: cannot write to %s (%s is no directory); name another directory with %s"
                .formatted(file, file, "--save-clips"));
  }

  /** What is said, but for where to find the options after a mistake of usage. */
  private String line() {
    List<String> said =
        err.toString().lines().filter(line -> !line.startsWith("Try 'flamingo ")).toList();
    assertThat(said).hasSize(1);
    return said.get(0);
  }

  private int run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("model", "bench-engine"));
    arguments.addAll(List.of("--model", "src/main/models/default"));
    arguments.addAll(List.of(options));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
