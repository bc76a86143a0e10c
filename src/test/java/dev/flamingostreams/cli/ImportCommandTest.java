package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String GOLDEN = "src/test/resources/goldens/flamingo-tiny/";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  private int run(String flamingo, String... more) {
    List<String> args = new ArrayList<>(List.of("model", "import"));
    args.addAll(List.of("--vision", GOLDEN + "vision", "--language", GOLDEN + "language"));
    args.addAll(List.of("--flamingo", flamingo, "--out", directory.resolve("tiny").toString()));
    args.addAll(List.of(more));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args.toArray(String[]::new));
  }

  @Test
  void makesAModelThatCanBeInspected() {
    assertThat(run(GOLDEN + "flamingo", "--type", "f16")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("the model is in " + directory.resolve("tiny"));
    assertThat(err.toString()).contains("weights, ").contains(" MB");

    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute("model", "inspect", directory.resolve("tiny").toString());
    assertThat(code).isEqualTo(ExitCode.OK);
  }

  @Test
  void aCheckpointThatIsNotThereIsOneLine() {
    assertThat(run(GOLDEN + "nothing.pt")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .containsExactly("flamingo: " + GOLDEN + "nothing.pt does not exist");
  }

  @Test
  void aTypeThatIsNotWrittenIsAMistakeOfUsage() {
    assertThat(run(GOLDEN + "flamingo", "--type", "f8")).isEqualTo(ExitCode.USAGE);
  }
}
