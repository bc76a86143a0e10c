package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.bench.DrawnClips;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.CompiledAgreement;
import dev.flamingostreams.engine.HalfAgreement;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.onnx.HalfGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link FloatTensors} leaves in half precision neither overflows nor says another thing. */
class HalfPrecisionTest {
  private static final int CLIPS = 20;
  private static final int FRAMES = 8;
  private static final double LOGITS_ERROR = 2e-2;

  /** Of what was learnt; random weights have near ties, which any rounding may turn. */
  private static final double EQUAL = 0.99;

  private static final double EQUAL_AT_RANDOM = 0.9;

  @TempDir private Path folder;

  /** As TensorRT runs it, as its weights are small, and as it would run large ones. */
  static Stream<Set<String>> halves() {
    return Stream.of(HalfAgreement.VISION, HalfAgreement.ALL);
  }

  @ParameterizedTest
  @MethodSource("halves")
  void theDefaultModelSaysTheSameInHalfPrecision(Set<String> halves) {
    check(ModelDirectory.open(Path.of("src/main/models/default")), halves, EQUAL);
  }

  static Stream<Arguments> families() {
    return Map.of(
            "convolutions and MPT", Families.mpt(),
            "CLIP and OPT", Families.opt(),
            "CLIP and GPT-NeoX", Families.gptNeoX(),
            "NFNet and LLaMA", Families.llama())
        .entrySet()
        .stream()
        .map(family -> Arguments.of(family.getKey(), family.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void everyFamilySaysTheSameInHalfPrecision(String name, FlamingoConfig config)
      throws IOException {
    RandomModel.write(folder, config, StoredType.F32);
    check(ModelDirectory.open(folder), HalfAgreement.ALL, EQUAL_AT_RANDOM);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("families")
  void everyFamilyDoesSoWithOutliersInItsResidualStreams(String name, FlamingoConfig config)
      throws IOException {
    check(Outliers.write(folder, config), HalfAgreement.ALL, EQUAL_AT_RANDOM);
  }

  private static void check(ModelDirectory model, Set<String> halves, double equal) {
    CompiledAgreement agreement =
        HalfAgreement.of(
            model,
            graph -> HalfGraph.of(graph, nodes -> ParsedGraph.of(nodes, FloatTensors::of)),
            halves,
            DrawnClips.draw(ConfigReader.read(model), CLIPS, FRAMES));
    assertThat(agreement.logitsError()).as("%s", agreement).isLessThanOrEqualTo(LOGITS_ERROR);
    assertThat(agreement.logitsError()).as("rounded at all: %s", agreement).isGreaterThan(1e-5);
    assertThat(agreement.equal())
        .as("%s", agreement)
        .isGreaterThanOrEqualTo((int) Math.ceil(equal * CLIPS));
  }
}
