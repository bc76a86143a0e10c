package dev.flamingostreams.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the script, with programs that write down how they were called. */
class GpuScriptTest {
  private static final String NO_GPU = "echo 'flamingo: there is no NVIDIA driver' >&2; exit 3";

  @TempDir private Path directory;
  private Path home;

  /** What a run of the script gave. */
  private record Run(int exitCode, List<String> out, List<String> err) {}

  @BeforeEach
  void layOut() throws IOException {
    directory = directory.toRealPath();
    home = directory.resolve("home");
    Files.createDirectories(directory.resolve("checkout/src/bench"));
    Files.copy(Path.of("src/bench/gpu.sh"), directory.resolve("checkout/src/bench/gpu.sh"));
    Files.createDirectories(home.resolve("models/default"));
    Files.createFile(home.resolve("models/default/config.json"));
    program(home.resolve("bin/flamingo"), NO_GPU);
    program(directory.resolve("python"), "exit 1");
  }

  @Test
  void withoutAGpuItSaysWhatItCouldNotMeasureAndDrawsNoLargeModel() throws Exception {
    Run run = run();

    assertThat(run.exitCode()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsExactly(
            "flamingo: there is no NVIDIA driver",
            "gpu.sh: not measured: tensorrt on default",
            "gpu.sh: not measured: PyTorch on default and the ceilings: %s has no torch that sees a"
                    .formatted(directory.resolve("python"))
                + " GPU",
            "gpu.sh: not measured: openflamingo-3b: its 10 GB are drawn only where something of"
                + " default is measured");
    assertThat(calls("flamingo")).singleElement().asString().contains("--clips 200");
  }

  @Test
  void withoutArgumentsBothModelsAreMeasuredAndSummedUp() throws Exception {
    program(
        home.resolve("bin/flamingo"),
        "case $2 in bench-engine) echo \"{\\\"of\\\":\\\"$8\\\"}\" ;; bench-summary) cat \"$3\" ;;"
            + " random) mkdir -p \"$6\" && : >\"$6/config.json\" ;; esac");
    program(
        directory.resolve("python"), "[ \"$1\" = -c ] || echo \"{\\\"by\\\":\\\"${1##*/}\\\"}\"");
    Path drawn = directory.resolve("checkout/target/bench/openflamingo-3b");
    Files.createDirectories(drawn); // left by a run that was ended

    Run run = run();

    String first = "{\"of\":\"%s\"}".formatted(home.resolve("models/default"));
    String second = "{\"of\":\"%s\"}".formatted(drawn);
    List<String> measured = new ArrayList<>();
    for (String model : List.of(first, second)) {
      measured.addAll(List.of(model, "{\"by\":\"eager.py\"}", "{\"by\":\"floor.py\"}"));
    }
    List<String> all = new ArrayList<>(measured);
    all.addAll(measured); // the stand-in sums up by telling what it was given
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(all);
    assertThat(run.exitCode()).isZero();
    assertThat(calls("flamingo").get(1))
        .isEqualTo("model random openflamingo-3b --force --out " + drawn);
    assertThat(calls("flamingo").get(2)).contains("--clips 0");
    assertThat(calls("python").get(2)).contains("--config " + home.resolve("models/default"));

    run("openflamingo-3b", "8", "1");
    assertThat(calls("flamingo").get(4)).contains("--frames 8 --batch 1 --clips 0");
  }

  @Test
  void aModelIsADirectoryOrANameOrRefused() throws Exception {
    Path model = Files.createDirectories(directory.resolve("mine"));
    Files.createFile(model.resolve("config.json"));

    run("default");
    run(model.toString());
    assertThat(calls("flamingo").get(0)).contains("--model " + home.resolve("models/default"));
    assertThat(calls("flamingo").get(1)).contains("--model " + model + " ");

    Run refused = run("other");
    assertThat(refused.exitCode()).isOne();
    assertThat(refused.err())
        .containsExactly(
            "gpu.sh: there is no model other, here or in %s: name one, or a directory with its"
                    .formatted(home.resolve("models"))
                + " config.json");
  }

  @Test
  void whereAnEngineFailsOnTheWayItsLinesAreSummedUpNevertheless() throws Exception {
    program(
        home.resolve("bin/flamingo"),
        "case $2 in bench-engine) echo '{\"batch\":1}'; exit 1 ;; bench-summary) echo sum ;; esac");

    Run run = run("default");

    assertThat(run.exitCode()).isOne();
    assertThat(run.out()).containsExactly("{\"batch\":1}", "sum");
    assertThat(run.err()).contains("gpu.sh: not measured: tensorrt on default");
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\necho \"$*\" >>\"$0.calls\"\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls(String program) throws IOException {
    Path file =
        program.equals("flamingo") ? home.resolve("bin/flamingo") : directory.resolve("python");
    return Files.readAllLines(file.resolveSibling(file.getFileName() + ".calls"));
  }

  private Run run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "checkout/src/bench/gpu.sh"));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
    builder.environment().put("FLAMINGO", home.resolve("bin/flamingo").toString());
    builder.environment().put("PYTHON", directory.resolve("python").toString());
    builder.environment().remove("ENGINE");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), out.lines().toList(), Files.readAllLines(err));
  }
}
