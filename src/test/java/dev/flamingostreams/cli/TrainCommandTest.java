package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.training.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void aLineFitsATerminalHoweverLargeItsNumbers() {
    Trainer.Step step = new Trainer.Step("captions", 13950, 14000, 0.0421, 9.9e-5, 1234.4, 5900);
    assertThat(TrainLines.line(step))
        .isEqualTo(
            "captions 13950 of 14000  loss 0.0421  rate 9.9e-05  1234 examples/s  98 min left")
        .hasSizeLessThanOrEqualTo(80);
    Trainer.Step slow = new Trainer.Step("vision", 50, 6000, 14.568, 4e-4, 8.25, 45_000);
    assertThat(TrainLines.line(slow))
        .isEqualTo(
            "vision      50 of 6000   loss 14.568  rate 4.0e-04   8.3 examples/s  12.5 h left");
  }

  @Test
  void aCompleteRunIsNotTrainedAgain() throws IOException {
    Files.createFile(directory.resolve("weights.safetensors"));
    Files.writeString(directory.resolve("training.json"), "{\"seed\": 1}");
    assertThat(run("train", directory.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("the run in " + directory + " is complete");

    assertThat(run("train", directory.toString(), "--seed", "2")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("holds the complete run of seed 1, not 2; name another directory");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsOneLine() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(run("train", file.toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .endsWith("is a file; name a directory");
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
