package dev.flamingostreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.CompiledAgreement;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.RandomModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchTest {
  private static final int ROUNDS = 3;

  @TempDir private Path directory;
  private EngineBench bench;

  @BeforeEach
  void drawAModel() throws IOException {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F32);
    EngineOptions options =
        EngineOptions.defaults().withChoice(EngineChoice.auto().withKind(EngineKind.ONNXRUNTIME));
    bench = new EngineBench(ModelDirectory.open(directory), options);
  }

  @Test
  void aLineHasEachGraphAndTheWholeAndWhatWasWritten() throws IOException {
    JsonNode line = read(bench.measure(new BenchPlan(3, 2, 1, ROUNDS)));

    assertThat(line.path("model").asText()).isEqualTo("random");
    assertThat(line.path("engine").asText()).isEqualTo(bench.version()).endsWith(" cpu");
    assertThat(line.path("frames").asInt()).isEqualTo(3);
    assertThat(line.path("batch").asInt()).isEqualTo(2);
    assertThat(line.path("rounds").asInt()).isEqualTo(ROUNDS);
    for (String part : List.of("vision", "resampler", "describe", "whole")) {
      JsonNode spread = line.path(part);
      assertThat(spread.path("min").asDouble()).as(part).isPositive();
      assertThat(spread.path("median").asDouble())
          .isBetween(spread.path("min").asDouble(), spread.path("max").asDouble());
    }
    assertThat(line.path("clips_per_second").asDouble())
        .isEqualTo(2000 / line.path("whole").path("median").asDouble());
    assertThat(line.path("tokens")).hasSize(2 * RandomModel.TINY.decoding().maxTokens());
  }

  @Test
  void theAgreementNamesBothEnginesAndCountsWhatIsEqual() throws IOException {
    JsonNode same = read(bench.agreement(5, 2, 2));
    assertThat(same.path("engine").asText()).isEqualTo(bench.version());
    assertThat(same.path("reference").asText()).isEqualTo(bench.referenceVersion());
    assertThat(same.path("equal_clips").asInt()).isEqualTo(5);
    assertThat(same.path("logits_relative_error").asDouble()).isZero();

    String other =
        EngineBench.json("random", 8, new CompiledAgreement("a cpu", "b gpu", 200, 197, 0.01));
    assertThat(other)
        .isEqualTo(
            "{\"model\":\"random\",\"engine\":\"b gpu\",\"reference\":\"a cpu\",\"frames\":8,"
                + "\"clips\":200,\"equal_clips\":197,\"logits_relative_error\":0.01}");
  }

  @Test
  void moreClipsThanAnArrayHoldsAreRefused() {
    assertThat(bench.checked(200, 30)).isEqualTo(200);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.checked(100_000, 30))
        .withMessage("clips is 100000, must be 0 to 93206");
  }

  private static JsonNode read(String line) throws IOException {
    return new JsonMapper().readTree(line);
  }
}
