package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.hub.LoopbackHub;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void aReleaseIsLaidOutForTheImportThatIsPrinted() throws Exception {
    Path there = directory.resolve("it's here");
    try (LoopbackHub hub = new LoopbackHub()) {
      hub.small("config.json", "{}").large("pytorch_model.bin", new byte[3 << 20]);
      assertThat(run("flamingo-mini", "--out", there.toString(), "--hub", hub.address() + "/"))
          .isEqualTo(ExitCode.OK);
      assertThat(hub.requests())
          .filteredOn(request -> request.contains("/api/"))
          .extracting(request -> request.replaceAll(".*models/(.*)/tree.*", "$1"))
          .containsExactly(
              "openai/clip-vit-large-patch14", "facebook/opt-350m", "dhansmair/flamingo-mini");
    }
    assertThat(there.resolve("vision/config.json")).exists();
    assertThat(there.resolve("language/pytorch_model.bin")).hasSize(3 << 20);
    String quoted = there.toString().replace("'", "'\\''");
    assertThat(out.toString())
        .contains(
            "flamingo model import \\",
            "--vision '" + quoted + "/vision' \\",
            "--flamingo '" + quoted + "/flamingo/pytorch_model.bin' \\",
            "--out '" + quoted + "/model'");
    assertThat(err.toString().lines())
        .hasSize(6)
        .contains("vision/config.json  2 bytes", "vision/pytorch_model.bin  3 MB");
  }

  @Test
  void aRepositoryIsFetchedAtTheRevisionThatIsAskedFor() throws Exception {
    try (LoopbackHub hub = new LoopbackHub()) {
      hub.large("checkpoint.pt", new byte[5]);
      String[] args = {
        "a/b", "--out", directory.toString(), "--hub", hub.address(), "--revision", "refs/pr/1"
      };
      assertThat(run(args)).isEqualTo(ExitCode.OK);
      assertThat(hub.requests())
          .anyMatch(request -> request.contains("/a/b/resolve/refs%2Fpr%2F1/checkpoint.pt"));
    }
    assertThat(directory.resolve("checkpoint.pt")).hasSize(5);
    assertThat(out.toString()).contains("a/b is in " + directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openflamingo-5b --out x # openflamingo-3b, openflamingo-4b",
        "openflamingo-3b --out x --revision v2 # --revision is for one repository",
        "openflamingo-3b # --out",
      })
  void whatCannotBeMeantIsAMistakeOfUsage(String line) {
    assertThat(run(line.replaceAll(" # .*", "").split(" "))).isEqualTo(ExitCode.USAGE);
    assertOneLine(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/../b --out x # 'a/../b' is not a repository's name",
        "a/b --out x --revision ../c # '../c' is not a revision",
        "a/b --out x --hub http://hub.example # plain HTTP",
        "a/b --out x --hub ftp://hub.example # is not the address of a hub",
        "a/b --out x --hub https://user:word@hub.example # is not the address of a hub",
        "a/b --out x --hub https:// # is not the address of a hub",
      })
  void anInputThatIsWrongIsOneLine(String line) {
    assertThat(run(line.replaceAll(" # .*", "").split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertOneLine(line);
  }

  private void assertOneLine(String line) {
    assertThat(err.toString().lines().filter(l -> !l.startsWith("Try ")))
        .singleElement()
        .asString()
        .contains(line.replaceAll(".* # ", ""));
  }

  private int run(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "model";
    all[1] = "pull";
    System.arraycopy(args, 0, all, 2, args.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
