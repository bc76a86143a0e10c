package dev.flamingostreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.ModelPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir private Path directory;

  @Test
  void bothPathsWriteTheSameTokensAndAreTimedStageByStage() throws Exception {
    RandomModel.write("small", directory);
    List<Integer> progress = new ArrayList<>();

    BenchReport report =
        new Bench(ModelDirectory.open(directory), new BenchPlan(3, 2, 1, 2)).run(progress::add);

    assertThat(progress).containsExactly(1, 2);
    assertThat(report.equalTokens()).isTrue();
    JsonNode json = new JsonMapper().readTree(report.toJson());
    assertThat(json.path("model").asText()).isEqualTo("random-small");
    assertThat(json.path("weights").asLong()).isBetween(2_000_000L, 3_000_000L);
    assertThat(json.path("tokens").asInt()).isBetween(1, 12);
    assertThat(json.path("rounds").asInt()).isEqualTo(2);
    assertThat(json.path("compiled").asText()).startsWith("onnxruntime");
    assertThat(json.path("eager").asText()).startsWith("libtorch");
    for (String stage : List.of("vision", "resampler", "decode", "whole")) {
      for (String figure : List.of("compiled_ms", "eager_ms", "ratio")) {
        JsonNode spread = json.path(stage).path(figure);
        assertThat(spread.path("min").asDouble()).as(stage + " " + figure).isPositive();
        assertThat(spread.path("median").asDouble())
            .isBetween(spread.path("min").asDouble(), spread.path("max").asDouble());
      }
    }
  }

  @Test
  void anEnginesClipsAreSavedAsItTakesThemForAnotherProgramToMeasure() throws Exception {
    RandomModel.write("small", directory);
    BenchPlan plan = new BenchPlan(3, 2, 1, 1);
    EngineOptions options =
        EngineOptions.defaults().withChoice(EngineChoice.auto().withKind(EngineKind.ONNXRUNTIME));
    EngineBench bench = new EngineBench(ModelDirectory.open(directory), options);
    Path saved = directory.resolve("saved");

    bench.save(plan, saved);

    ModelPath.Work work = new BenchClips(RandomShape.named("small")).draw(2, 3);
    float[] pixels = new float[work.pixels().length];
    byte[] bytes = Files.readAllBytes(saved.resolve("clips-2-3.bin"));
    assertThat(bytes).hasSize(Float.BYTES * pixels.length);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
    assertThat(pixels).isEqualTo(work.pixels());
    JsonNode beside = new JsonMapper().readTree(saved.resolve("clips-2-3.json").toFile());
    assertThat(beside.path("captureMicros")).hasToString("[0,500000,1000000]");
    JsonNode measured = new JsonMapper().readTree(bench.measure(plan));
    assertThat(measured.path("tokens").size() % 2).isZero();
    assertThat(measured.path("whole").path("median").asDouble()).isPositive();
  }

  @Test
  void aRandomModelIsTheSameEachTimeAndOpens() throws Exception {
    RandomModel.write("small", directory.resolve("a"));
    RandomModel.write("small", directory.resolve("b"));

    assertThat(
            Files.mismatch(
                directory.resolve("a/weights.safetensors"),
                directory.resolve("b/weights.safetensors")))
        .isEqualTo(-1);
    try (Engine engine = Engine.open(directory.resolve("a"), EngineOptions.defaults())) {
      assertThat(engine.toString()).contains("random-small");
    }
  }

  @Test
  void theShapesHaveTheSizesInTheirNames() {
    for (String name : RandomShape.NAMES) {
      RandomShape.named(name).validate();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RandomShape.named("huge"))
        .withMessageContaining("huge")
        .withMessageContaining("openflamingo-3b");
  }

  @Test
  void aSpreadHasFourDigitsAndTheMiddleOfBothMiddles() {
    assertThat(Spread.of(Arrays.asList(3.0, 1.23456, 8.0, 2.0)))
        .isEqualTo(new Spread(1.235, 2.5, 8));
  }
}
