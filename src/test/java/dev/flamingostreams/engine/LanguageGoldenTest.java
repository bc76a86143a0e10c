package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.conversion.LanguageAlone;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.training.Eager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Language models of transformers and MosaicML, read from their checkpoints, without media. */
class LanguageGoldenTest {
  private static final int END = 0;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lm-gpt-neox-parallel",
        "lm-gpt-neox-serial",
        "lm-llama-grouped",
        "lm-mosaic-gpt",
        "lm-mosaic-gpt-biases",
        "lm-mpt-6-heads",
        "lm-mpt-biases",
        "lm-opt-norm-first",
        "lm-opt-norm-last"
      })
  void aLanguageModelGivesWhatItsReferenceGave(String name) throws IOException {
    Golden golden = Golden.of(name);
    LanguageAlone language = LanguageAlone.of(golden.directory());
    FlamingoConfig config = language.ending(golden.about().path("end").asInt(END));
    Safetensors weights = write(config, language.weights());
    Djl.startOnnxRuntime(1);
    try (Eager eager = new Eager();
        Sessions sessions =
            new Sessions(
                new Graphs(config, weights), OnnxRuntime.start(1, directory, new WeightSize(1)))) {
      for (int row = 0; row < golden.about().path("texts").size(); row++) {
        compareLogits(golden, row + ".", eager, config, weights);
        compareRuns(golden, row + ".", sessions, config);
      }
    }
  }

  /** The gates of the cross-attentions are closed: all that is not of the language model is 0. */
  private Safetensors write(FlamingoConfig config, Map<String, float[]> language)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    RandomModel.shapes(config)
        .forEach(
            (name, shape) ->
                writer.tensor(
                    name,
                    StoredType.F32,
                    shape,
                    () -> language.getOrDefault(name, new float[(int) Shapes.size(shape)])));
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
    return Safetensors.open(directory.resolve(ModelDirectory.WEIGHTS));
  }

  private static void compareLogits(
      Golden golden, String row, Eager eager, FlamingoConfig config, Safetensors weights) {
    int[] ids = golden.ints(row + "ids");
    Flamingo flamingo =
        new Flamingo(
            config,
            (name, shape) -> eager.backend().constant(weights.floats(name), shape),
            eager.backend());
    float[] logits =
        eager.floats(flamingo.textLogits(eager.backend().constant(ids, 1, ids.length)));
    Golden.assertClose(row + "logits", logits, golden.floats(row + "logits"));
  }

  private static void compareRuns(
      Golden golden, String row, Sessions sessions, FlamingoConfig config) {
    int[] ids = golden.ints(row + "ids");
    int latents = config.resampler().latents();
    int width = config.vision().width();
    List<Array> inputs =
        List.of(
            Array.of(Graphs.LATENTS, new float[latents * width], 1, 1, latents, width),
            Array.of(Graphs.PROMPT, ids, 1, ids.length),
            Array.of(Graphs.TEXT_TIME, new int[ids.length], 1, ids.length),
            Array.of(Graphs.PROMPT_START, new int[1], 1, 1));
    for (var run : golden.about().path("runs").properties()) {
      Outputs text = sessions.describe(1, 1, ids.length, golden.decoding(run.getKey())).run(inputs);
      golden.compareRun(row, run.getKey(), text, config.tokens().end());
    }
  }
}
