package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {
  private static final String MODEL = "src/main/models/default";

  private final StringWriter err = new StringWriter();

  /** Falling back to the CPU would end well and have compiled nothing. */
  @Test
  void compilesForAGpuOrSaysWhyNot() {
    assertThat(compile(MODEL, "--device", "cpu")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err)
        .hasToString(
            "flamingo: TensorRT runs on GPUs only; leave out the device, or name cuda"
                + System.lineSeparator());
  }

  @Test
  void whatWouldMeanNothingIsRefused() {
    assertThat(compile(MODEL, "--engine", "onnxruntime")).isEqualTo(ExitCode.USAGE);
    assertThat(compile(MODEL, "--engine-linger", "5ms")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "flamingo: --engine onnxruntime compiles nothing that is kept; leave it out",
            "flamingo: --engine-linger is for clips, and none is described; leave it out");
  }

  @Test
  void topologiesOfTheOtherEngineArePassedOver(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("yard.yaml");
    Files.writeString(file, "name: yard\nmodel: default\nengine: onnxruntime\n");
    assertThat(compile("--topology", file.toString())).isEqualTo(ExitCode.OK);
    assertThat(err)
        .hasToString(
            file
                + ": its engine, onnxruntime, compiles nothing that is kept"
                + System.lineSeparator());
  }

  private int compile(String... arguments) {
    List<String> all = new ArrayList<>(List.of("model", "compile"));
    all.addAll(List.of(arguments));
    return Main.commandLine().setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
  }
}
