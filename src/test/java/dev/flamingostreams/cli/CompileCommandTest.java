package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CompileCommandTest {

  /** Falling back to the CPU would end well and have compiled nothing. */
  @Test
  void compilesForAGpuOrSaysWhyNot() {
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .execute("model", "compile", "src/main/models/default", "--device", "cpu");
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err)
        .hasToString(
            "flamingo: TensorRT runs on GPUs only; leave out the device, or name cuda"
                + System.lineSeparator());
  }
}
