package dev.flamingostreams.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs python3, without PyTorch: the ceilings are given. */
class FloorScriptTest {
  private static final Path DEFAULT = Path.of("src/main/models/default/config.json");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;

  @BeforeEach
  void findPython() throws Exception {
    assumeThat(python("--version")).as("what python3 --version says").startsWith("Python 3");
  }

  @Test
  void timesAreThoseAtTheCeilingsAndTokensThoseThatPyTorchWrote() throws Exception {
    Path lines = directory.resolve("lines");
    String id = JSON.readTree(DEFAULT.toFile()).path("id").asText();
    String engine =
        """
        {"model":"%s","engine":"e","frames":8,"batch":2,"rounds":3,"vision":{"median":1},\
        "describe":{"median":1},"whole":{"median":2}}"""
            .formatted(id);
    String eager = "{\"model\":\"%s\",\"frames\":8,\"batch\":2,\"longest\":5}".formatted(id);
    Files.write(lines, List.of(engine, eager));

    String floor =
        python(
            "src/bench/floor.py --gigabytes-per-second 2000 --teraflops 500 --frames 8 --batch 2",
            "--config " + DEFAULT,
            "--eager " + lines);

    JsonNode line = JSON.readTree(floor);
    assertThat(line.path("tokens").asInt()).isEqualTo(5);
    double flops = line.path("vision").path("flops").asDouble();
    double bytes = line.path("decode").path("bytes").asDouble();
    assertThat(line.path("vision").path("flops_ms").asDouble())
        .isCloseTo(flops / 500e9, within(1e-4));
    assertThat(line.path("decode").path("bytes_ms").asDouble())
        .isCloseTo(bytes / 2000e6, within(1e-4));

    Files.write(lines, List.of(engine, eager, floor));
    JsonNode shape = JSON.readTree(GpuSummary.of(lines).get(0)).path("shapes").path(0);
    assertThat(shape.path("vision_share_of_matrix_ceiling").path("measured").asDouble())
        .isCloseTo(flops / 500e9, within(1e-4));
    assertThat(shape.path("decoding_share_of_bandwidth").path("measured").asDouble())
        .isCloseTo(bytes / 2000e6, within(1e-4));
  }

  private static String python(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(String.join(" ", options).split(" ")));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor()).as(out).isZero();
      return out;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
