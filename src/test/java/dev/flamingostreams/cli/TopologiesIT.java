package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.training.scenes.Scene;
import dev.flamingostreams.training.scenes.SceneRenderer;
import dev.flamingostreams.training.scenes.SceneSampler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The use cases that the distribution brings, on rendered films. */
class TopologiesIT {
  private static final Path ALL = Path.of(System.getProperty("flamingo.home"), "topologies");
  private static final int FRAMES_PER_SECOND = 12;

  @TempDir Path directory;

  @Test
  void everyTopologyIsReadAndExplained() throws IOException {
    try (Stream<Path> files = Files.walk(ALL)) {
      List<Path> topologies = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(topologies).hasSizeGreaterThanOrEqualTo(9);
      for (Path file : topologies) {
        assertThat(TopologyFile.read(file).name())
            .startsWith(file.getName(ALL.getNameCount()).toString());
        assertThat(file.resolveSibling("README.md")).isNotEmptyFile();
      }
    }
  }

  @Test
  void captionsOfTheDefaultModelSayWhatIsThere() throws IOException {
    SceneSampler sampler = new SceneSampler(2024);
    for (int i = 0; i < 4; i++) {
      Scene scene = sampler.one();
      JsonNode caption = describe(Path.of("captioning"), film(scene, 4));
      assertThat(caption.path("text").asText()).isEqualTo(scene.caption());
      assertThat(caption.has("labels") || caption.has("turns")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"moves right", "stays still", "grows", "turns back", "disappears", "blinks"})
  void theDefaultModelChoosesTheRightLabel(String motion) throws IOException {
    SceneSampler sampler = new SceneSampler(7);
    Scene scene = sampler.one();
    while (!scene.caption().equals("a red car " + motion)) {
      scene = sampler.one();
    }
    JsonNode caption = describe(Path.of("classification"), film(scene, 4));
    assertThat(caption.path("text").asText()).isEqualTo(scene.caption());
    assertThat(caption.path("labels")).hasSize(11);
    assertThat(caption.at("/labels/0/text").asText()).isEqualTo(scene.caption());
    assertThat(caption.at("/labels/0/probability").asDouble()).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "captioning, few-shot.yaml, 4",
    "questions, topology.yaml, 4",
    "dialogue, topology.yaml, 8"
  })
  void thoseForImportedModelsRunOnOneOfRandomWeights(String useCase, String name, int seconds)
      throws IOException {
    Path folder = copy(ALL.resolve(useCase));
    Path model = Files.createDirectory(folder.resolve("openflamingo-3b"));
    RandomModel.write(model, RandomModel.TINY, StoredType.F16);
    Path file = folder.resolve(name);
    JsonNode caption = describe(file, film(new SceneSampler(3).one(), seconds));
    assertThat(caption.path("model").asText()).isEqualTo("random");
    assertThat(caption.has("labels")).isFalse();
    List<String> asked = new ArrayList<>();
    caption.path("turns").forEach(turn -> asked.add(turn.path("question").asText()));
    assertThat(asked)
        .isEqualTo(
            useCase.equals("dialogue")
                ? List.of("What do you see?", "What happens to it?", "Is that dangerous?")
                : List.of());
  }

  private Path copy(Path from) throws IOException {
    Path to = directory.resolve("copy");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  /** Frames enough for one clip. */
  private Path film(Scene scene, int seconds) throws IOException {
    Path file = directory.resolve("film.mp4");
    SceneRenderer renderer = new SceneRenderer(scene, 320, 240);
    List<BufferedImage> frames = new ArrayList<>();
    int count = seconds * FRAMES_PER_SECOND;
    for (int i = 0; i < count; i++) {
      frames.add(renderer.image(i / (count - 1.0)));
    }
    CodecPath.encode(file, frames, FRAMES_PER_SECOND);
    return file;
  }

  private static JsonNode describe(Path topology, Path film) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("describe", "--json", "--topology", topology.toString(), film.toString());
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    return new JsonMapper().readTree(out.toString());
  }
}
