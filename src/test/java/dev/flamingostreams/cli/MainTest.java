package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.Cameras;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "describe",
        "film",
        "ingest",
        "run",
        "topics",
        "audit",
        "dashboard",
        "train",
        "model",
        "model bench",
        "model bench-engine",
        "model bench-summary",
        "model evaluate",
        "model pull",
        "model random"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run((command + " --help").split(" "))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: flamingo " + command, "Exit codes:");
  }

  @Test
  void anUnknownOptionIsAMistakeOfUsage() {
    assertThat(run("demo", "--colour")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--colour").contains("flamingo demo --help");
  }

  @Test
  void filmsAreCamerasThatDoNotEnd() throws Exception {
    assertThat(run("film", directory.toString(), "--cameras", "2", "--seconds", "4"))
        .as(err.toString())
        .isEqualTo(ExitCode.OK);
    List<Camera> cameras = Cameras.read(Path.of(out.toString().strip()));
    assertThat(cameras).hasSize(2).allMatch(Camera::live).allMatch(c -> c.sampling().rate() == 5);
    assertThat(cameras).allMatch(camera -> Files.isRegularFile(Path.of(camera.source())));
    assertThat(run("film", directory.toString(), "--seconds", "1")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMissingModelIsOneLine() {
    assertThat(run("describe", "--model", "no-such-model", "x.mp4")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines()).singleElement().asString().contains("no-such-model");
  }

  @Test
  void aTopologyWithAWrongKeyIsRefusedWithItsPlace() throws Exception {
    Path file =
        Files.writeString(directory.resolve("topology.yaml"), "name: a\nclip:\n  rate: 4/s\n");

    assertThat(run("topics", "--bootstrap-server", "127.0.0.1:1", file.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("topology.yaml:2").doesNotContain("\tat ");
  }

  @Test
  void whatFilesSayCannotCommandTheTerminal() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("topology.yaml"), "name: a\ntask: \"\\e[31mred\\x9b1m\"\n");

    assertThat(run("topics", "--bootstrap-server", "127.0.0.1:1", file.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("'?[31mred?1m'").doesNotContain("\u001b", "\u009b");
  }

  @Test
  void aCommandForAClusterWantsABroker() throws Exception {
    Path file = Files.writeString(directory.resolve("topology.yaml"), "name: a\n");

    assertThat(run("topics", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).singleElement().asString().contains("--bootstrap-server");
  }

  @Test
  void aListOfCamerasNamesItsWrongLine() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("cameras.yaml"), "cameras:\n  - id: gate\n    sauce: x\n");

    assertThat(run("ingest", "--bootstrap-server", "127.0.0.1:1", "--cameras", file.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(file + ":3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--stream gate",
        "--rate 5",
        "--start 2026-11-23T08:00:00Z",
        "--live",
        "--rate 10"
      })
  void optionsOfOneCameraAreRefusedBesideAListOfMany(String option) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("cameras.yaml"), "cameras:\n  - id: gate\n    source: x.mp4\n");
    String command = "ingest --bootstrap-server 127.0.0.1:1 --cameras %s %s";

    assertThat(run(command.formatted(file, option).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(option.replaceAll(" .*", "") + " is for one camera");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "describe x.mp4 --topology scenes --hop 1 | --hop is in the file of --topology",
        "describe x.mp4 --topology scenes --model default | --model is in the file of --topology",
        "describe x.mp4 --whole --length 1 | --length cuts clips, and --whole makes one of each file",
        "describe x.mp4 --frames 8 | --frames is for --whole",
        "describe x.mp4 --length 1 |"
            + " a clip of --length 1.0 s at --rate 4.0 holds 4 frames, less than --min-frames 8",
        "ingest --bootstrap-server none:1 --stream a --source x.mp4 --live --realtime |"
            + " --realtime is for a file that plays once; with --live it goes by the wall clock",
        "demo --http 127.0.0.1:0 | --http is for --keep: without, nobody has time to look",
        "demo --video x.mp4 --seed 1 | --seed is for scenes, not for --video",
        "run scenes --bootstrap-server none:1 --dashboard --http off |"
            + " --dashboard is served at --http, which is off",
        "model compile default --topology scenes | name a model, or topologies, which name theirs",
      })
  void whatWouldMeanNothingIsRefused(String command, String message) {
    assertThat(run(command.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().strip()).isEqualTo("flamingo: " + message);
  }

  @Test
  void aTimeThatMicrosecondsCannotCountIsNamed() throws Exception {
    String time = "+1000000000-12-31T00:00:00Z";
    Path file =
        Files.writeString(
            directory.resolve("cameras.yaml"),
            "cameras:\n  - id: gate\n    source: x.mp4\n    start: " + time);
    String[] ofMany = {"ingest", "--bootstrap-server", "none:1", "--cameras", file.toString()};

    assertThat(run(ofMany)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(file + ":4", "start '" + time);
    assertThat(run("ingest", "--stream", "a", "--source", "x.mp4", "--start", time))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("'" + time + "' is no time in UTC that microseconds count");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--engine-batch 0|--engine-batch is [0], must be numbers from 1 to 64",
        "--engine-linger 5|--engine-linger': '5' has no unit; write 5s or 5ms",
        "--engine-linger 11s|--engine-linger': '11s' is not between 0ms and 10s",
        "--engine-cache 5|--engine-cache': '5' has no unit; write 5KB or 5MB",
        "--engine-cache 0MB|--engine-cache': '0MB' is not between 1B and 1048576MB"
      })
  void whatAnEngineCannotBeToldIsNamedWithTheFix(String options, String message) {
    assertThat(run(("describe x.mp4 " + options).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--length 0",
        "--hop 0",
        "--rate 0",
        "--frames 31",
        "--max-frames 31",
        "--min-frames 20 --max-frames 10"
      })
  void aNumberOutOfRangeIsAMistakeOfUsageThatNamesTheOption(String options) {
    assertThat(run(("describe x.mp4 " + options).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(options.substring(0, options.indexOf(' ')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frames 0", "--frames 31", "--batch 0", "--threads 0", "--rounds 0"})
  void aBenchOfNothingIsAMistakeOfUsage(String options) {
    assertThat(run(("model bench " + options).split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains(options.substring(0, options.indexOf(' ')));
  }

  @Test
  void aRandomModelHasAKnownShapeAndAnEmptyDirectory() throws Exception {
    Files.createFile(directory.resolve("mine"));
    assertThat(run("model", "random", "huge", "--out", directory.resolve("m").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("huge", "small, 100m, openflamingo-3b");

    assertThat(run("model", "random", "small", "--out", directory.toString()))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(directory.toString());
  }

  @Test
  void aResultThatCannotBeWrittenIsAFailure() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream full =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    full.println("a result");
    assertThat(Main.written(ExitCode.OK, full, new PrintStream(told))).isEqualTo(ExitCode.FAILED);
    assertThat(told.toString(StandardCharsets.UTF_8)).contains("could not be written");
    assertThat(Main.written(ExitCode.LOST, full, full)).isEqualTo(ExitCode.LOST);
    assertThat(Main.written(ExitCode.OK, new PrintStream(told), full)).isEqualTo(ExitCode.OK);
  }

  private int run(String... args) {
    CommandLine main = Main.commandLine();
    return main.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(args);
  }
}
