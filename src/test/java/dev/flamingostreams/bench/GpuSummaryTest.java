package dev.flamingostreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.engine.CompiledAgreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded lines have the form of a real run's; their figures are made up. */
class GpuSummaryTest {
  private static final Path RECORDED = Path.of("src/test/resources/bench/gpu.jsonl");

  @TempDir private Path directory;

  @Test
  void eachModelIsALineWithItsEngine() throws IOException {
    List<JsonNode> lines = summary(Files.readAllLines(RECORDED));

    assertThat(lines)
        .extracting(line -> line.path("summary_of").asText())
        .containsExactly("default", "random-openflamingo-3b");
    assertThat(lines)
        .allMatch(line -> line.path("engine").asText().startsWith("tensorrt 8.6.1 NVIDIA H100"));
  }

  @Test
  void timesFasterAreOfEachGraphAndAskedOfTheWholeForOneClipOnly() throws IOException {
    JsonNode one = shape("default", 8, 1).path("times_faster_than_pytorch");
    assertThat(one.path("vision")).hasToString("{\"measured\":4.0}");
    assertThat(one.path("resampler")).hasToString("{\"measured\":5.0}");
    assertThat(one.path("describe")).hasToString("{\"measured\":6.0}");
    assertThat(one.path("whole"))
        .hasToString("{\"measured\":5.4,\"asked_at_least\":3.0,\"reached\":true}");

    assertThat(shape("default", 8, 8).path("times_faster_than_pytorch").path("whole"))
        .hasToString("{\"measured\":2.0}");
    assertThat(
            shape("random-openflamingo-3b", 8, 1).path("times_faster_than_pytorch").path("whole"))
        .hasToString("{\"measured\":2.0,\"asked_at_least\":3.0,\"reached\":false}");
  }

  @Test
  void theCeilingOfVisionIsThatOfMatricesAndOfDecodingThatOfMemory() throws IOException {
    JsonNode small = shape("default", 8, 8);
    assertThat(small.path("vision_share_of_matrix_ceiling"))
        .hasToString("{\"measured\":0.5,\"asked_at_least\":0.5,\"reached\":true}");
    assertThat(small.path("decoding_share_of_bandwidth"))
        .hasToString("{\"measured\":0.02,\"asked_at_least\":0.5,\"reached\":false}");

    JsonNode large = shape("random-openflamingo-3b", 8, 1);
    assertThat(large.path("vision_share_of_matrix_ceiling"))
        .hasToString("{\"measured\":0.49,\"asked_at_least\":0.5,\"reached\":false}");
    assertThat(large.path("decoding_share_of_bandwidth"))
        .hasToString("{\"measured\":0.7,\"asked_at_least\":0.5,\"reached\":true}");
  }

  @Test
  void textsThatDifferFromThoseTheFloorIsOfAreCounted() throws IOException {
    assertThat(shape("default", 8, 1).path("clips_described_as_by_pytorch").asInt()).isOne();
    assertThat(shape("default", 8, 8).path("clips_described_as_by_pytorch").asInt()).isEqualTo(7);
  }

  @Test
  void theAgreementIsEnoughOrNot() throws IOException {
    JsonNode enough = summary(Files.readAllLines(RECORDED)).get(0).path("agreement");
    assertThat(enough.path("reference").asText()).isEqualTo("onnxruntime 1.21.1 cpu");
    assertThat(enough.path("clips"))
        .hasToString("{\"measured\":200.0,\"asked_at_least\":200.0,\"reached\":true}");
    assertThat(enough.path("equal_share"))
        .hasToString("{\"measured\":0.995,\"asked_at_least\":0.99,\"reached\":true}");
    assertThat(enough.path("logits_relative_error"))
        .hasToString("{\"measured\":0.004,\"asked_at_most\":0.02,\"reached\":true}");

    JsonNode little = summary(List.of(agreement(100, 98, 0.021))).get(0).path("agreement");
    assertThat(little.path("clips").path("reached").asBoolean(true)).isFalse();
    assertThat(little.path("equal_share"))
        .hasToString("{\"measured\":0.98,\"asked_at_least\":0.99,\"reached\":false}");
    assertThat(little.path("logits_relative_error"))
        .hasToString("{\"measured\":0.021,\"asked_at_most\":0.02,\"reached\":false}");
  }

  @Test
  void logitsThatAreNoNumbersAreNotEnough() throws IOException {
    CompiledAgreement agreement = new CompiledAgreement("r", "e", 200, 0, Double.NaN);
    String line = EngineBench.json("m", 8, agreement);

    assertThat(summary(List.of(line)).get(0).path("agreement").path("logits_relative_error"))
        .hasToString("{\"measured\":\"NaN\",\"asked_at_most\":0.02,\"reached\":false}");
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() throws IOException {
    assertThat(shape("default", 30, 1)).hasToString("{\"frames\":30,\"batch\":1}");
    assertThat(summary(Files.readAllLines(RECORDED)).get(1).has("agreement")).isFalse();
    assertThat(summary(List.of(agreement(200, 200, 0))).get(0).has("shapes")).isFalse();

    List<String> others = new ArrayList<>(Files.readAllLines(RECORDED));
    others.removeIf(line -> line.contains("tensorrt"));
    assertThat(others).isNotEmpty();
    assertThat(summary(others)).isEmpty();
  }

  @Test
  void aLineThatIsNoJsonIsNamed() {
    assertThatThrownBy(() -> summary(List.of("{}", "{\"model\":")))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("line 2 of .* is no JSON object; delete it");
  }

  @Test
  void ofDecodingNoShareIsToldWhereNoTextsWereWrittenThatItsFloorIsOf() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(RECORDED));
    lines.removeIf(line -> line.contains("longest"));

    JsonNode shape = summary(lines).get(0).path("shapes").path(1);
    assertThat(shape.path("vision_share_of_matrix_ceiling").path("measured").asDouble())
        .isEqualTo(0.5);
    assertThat(shape.has("decoding_share_of_bandwidth")).isFalse();
  }

  private static String agreement(int clips, int equal, double error) {
    return """
        {"model":"m","engine":"e","reference":"r","frames":8,"clips":%d,"equal_clips":%d,\
        "logits_relative_error":%s}"""
        .formatted(clips, equal, error);
  }

  private JsonNode shape(String model, int frames, int batch) throws IOException {
    for (JsonNode line : summary(Files.readAllLines(RECORDED))) {
      for (JsonNode shape : line.path("shapes")) {
        if (line.path("summary_of").asText().equals(model)
            && shape.path("frames").asInt() == frames
            && shape.path("batch").asInt() == batch) {
          return shape;
        }
      }
    }
    throw new AssertionError("no %s of %d frames and %d clips".formatted(model, frames, batch));
  }

  private List<JsonNode> summary(List<String> lines) throws IOException {
    Path file = Files.write(directory.resolve("lines"), lines);
    List<JsonNode> summary = new ArrayList<>();
    for (String line : GpuSummary.of(file)) {
      summary.add(new JsonMapper().readTree(line));
    }
    return summary;
  }
}
