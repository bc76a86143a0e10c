package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Cameras, H.264, ingest, Kafka, the default model, captions and alerts: nothing is faked. */
class DemoIT {

  @Test
  void theDemoLosesNothing() {
    StringWriter out = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute("demo");

    assertThat(exitCode).as(out.toString()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("480 frames, 12 clips, 12 captions", "Nothing was lost, nothing failed.")
        .containsPattern("(9|1[0-2]) of 12 captions are word for word what was rendered");
  }
}
