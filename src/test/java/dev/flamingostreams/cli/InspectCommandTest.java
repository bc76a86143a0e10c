package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.tensor.Shapes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String NORM = "resampler.norm.weight";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @BeforeEach
  void writeModel() throws IOException {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F32);
  }

  @Test
  void aWholeModelIsToldIn80Columns() {
    assertThat(inspect("--tensors")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines())
        .contains(
            "model           random",
            "frame           16 tokens of width 12",
            "whole           yes",
            "resampler.norm.weight  F32 [12]")
        .filteredOn(line -> !line.contains(directory.toString()))
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.startsWith("  cross-attention"))
        .anyMatch(line -> line.matches("resampler +latents 3, layers 2, .*"))
        .last()
        .asString()
        .matches("sha256 +[0-9a-f]{64}");
  }

  @Test
  void whatMakesACaptionUnsureIsTold() throws IOException {
    assertThat(inspect()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("unsure          below a mean log-probability of -0.5\n");
    retold(
        "-0.5",
        List.of("a", "b c"),
        "below a mean log-probability of -0.5, or saying 'a' or 'b c'");
    retold("-1e9", List.of("a"), "saying 'a'; else not calibrated");
    retold("-1e9", List.of(), "never: not calibrated");
  }

  private void retold(String unsureBelow, List<String> unknownTexts, String told)
      throws IOException {
    Path file = directory.resolve(ModelDirectory.CONFIG);
    ObjectNode config = (ObjectNode) new JsonMapper().readTree(file.toFile());
    config.put("unsureBelow", Double.parseDouble(unsureBelow));
    config.set("unknownTexts", new JsonMapper().valueToTree(unknownTexts));
    Files.writeString(file, config.toString());
    out.getBuffer().setLength(0);
    assertThat(inspect()).isEqualTo(ExitCode.OK);
    assertThat(out.toString().replaceAll("\\s+", " ")).contains(" unsure " + told + " frame ");
  }

  @Test
  void oneLineOfJsonSaysTheSame() throws Exception {
    assertThat(inspect("--json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString().lines()).hasSize(1);
    JsonNode json = new JsonMapper().readTree(out.toString());
    long weights =
        RandomModel.shapes(RandomModel.TINY).values().stream().mapToLong(Shapes::size).sum();
    assertThat(json.path("parts").findValuesAsText("weights"))
        .extracting(Long::parseLong)
        .satisfies(
            all -> assertThat(all.stream().mapToLong(Long::longValue).sum()).isEqualTo(weights));
    assertThat(json.path("cpuMemory").path("bytes").asLong()).isEqualTo((long) (2.3 * 4 * weights));
    assertThat(json.path("config").path("resampler").path("latents").asInt()).isEqualTo(3);
    assertThat(json.path("tensors")).isEmpty();
    assertThat(json.path("weightsHash").asText()).hasSize(64);
  }

  @Test
  void aTensorThatIsMissingIsNamed() throws IOException {
    rewrite(shapes -> shapes.remove(NORM));
    assertThat(inspect()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString())
        .contains("whole           no: 1 fault\n", "tensor " + NORM + " [12] is missing");
  }

  @Test
  void aTensorOfAnotherShapeIsNamed() throws IOException {
    rewrite(shapes -> shapes.put(NORM, new long[] {13}));
    assertThat(inspect()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString())
        .contains("tensor " + NORM + " has shape [13], the config asks for [12]");
  }

  @Test
  void aTensorThatIsNotAskedForIsNamedAndDoesNoHarm() throws IOException {
    rewrite(shapes -> shapes.put("optimizer.\u001b[2Jstep", new long[] {1}));
    assertThat(inspect()).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("surplus         1 tensor that is not asked for", "optimizer.?[2Jstep")
        .doesNotContain("\u001b");
  }

  @Test
  void ofManyFaultsTheFirstAreTold() throws IOException {
    rewrite(Map::clear);
    assertThat(inspect()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString().lines().filter(line -> line.contains("is missing"))).hasSize(20);
    assertThat(out.toString()).containsPattern("and \\d+ more");
  }

  @Test
  void aTokenizerThatDoesNotFitIsAFault() throws IOException {
    Path file = directory.resolve(ModelDirectory.TOKENIZER);
    Files.writeString(file, Files.readString(file).replace("<EOC>", "<end>"));
    assertThat(inspect()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out.toString().replaceAll("\\s+", " ")).contains("has no token <EOC>");
  }

  @Test
  void timeEmbeddingsSayWhatClipsTheyAreFor() {
    assertThat(Inspection.clips(8)).contains("up to 30 frames").doesNotContain("learnt");
    assertThat(Inspection.clips(4)).contains("no more than 4 moments of a clip were learnt");
    assertThat(Inspection.clips(1)).contains("order is not seen");
    assertThat(Inspection.clips(0)).contains("order is not seen");
  }

  /** What is changed of the weights that are asked for. */
  @FunctionalInterface
  private interface Change {
    void of(Map<String, long[]> shapes);
  }

  private void rewrite(Change change) throws IOException {
    Map<String, long[]> shapes = RandomModel.shapes(RandomModel.TINY);
    change.of(shapes);
    SafetensorsWriter writer = new SafetensorsWriter();
    shapes.forEach(
        (name, shape) ->
            writer.tensor(name, StoredType.F32, shape, () -> new float[(int) Shapes.size(shape)]));
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
  }

  private int inspect(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "model";
    all[1] = "inspect";
    all[2] = directory.toString();
    System.arraycopy(options, 0, all, 3, options.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
