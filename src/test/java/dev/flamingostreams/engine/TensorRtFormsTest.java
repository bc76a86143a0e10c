package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.onnx.TensorRtForms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every graph that a model is compiled to is one that TensorRT 8.6 takes, without a GPU. */
class TensorRtFormsTest {
  @TempDir Path directory;

  /** All families of vision encoders and language models, in the forms that their configs have. */
  static Stream<Arguments> models() {
    Map<String, FlamingoConfig> models = new LinkedHashMap<>();
    models.put("tiny", RandomModel.TINY);
    models.put("default", RandomModel.SMALL);
    models.put("CLIP and GPT-NeoX", RandomModel.ROTARY);
    models.put("CLIP and OPT", RandomModel.LEARNED);
    models.put("NFNet and LLaMA", RandomModel.GROUPED);
    models.put("MPT without biases", speaking(mpt(false, false, true, 6)));
    models.put("MPT with biases", speaking(mpt(true, true, false, 0)));
    models.put("a whole head rotated", speaking(neox(1, false)));
    models.put("OPT with narrow embeddings", speaking(opt(false, 8)));
    return models.entrySet().stream()
        .flatMap(
            model ->
                Stream.of(StoredType.F32, StoredType.F16)
                    .map(type -> Arguments.of(model.getKey(), type, model.getValue())));
  }

  private static LanguageConfig mpt(
      boolean biases, boolean normBiases, boolean queryKeyNorm, double clip) {
    return new LanguageConfig.Mpt(
        12, 16, 2, 2, 64, 512, false, biases, normBiases, queryKeyNorm, clip, 8);
  }

  private static LanguageConfig neox(double rotaryFraction, boolean parallel) {
    return new LanguageConfig.GptNeoX(
        12, 16, 2, 2, 64, 128, true, Activation.RELU, rotaryFraction, 10_000, parallel, 1e-5);
  }

  private static LanguageConfig opt(boolean normFirst, int embeddingWidth) {
    return new LanguageConfig.Opt(
        12, 16, 2, 2, 64, 128, true, Activation.RELU, normFirst, embeddingWidth);
  }

  private static FlamingoConfig speaking(LanguageConfig language) {
    FlamingoConfig tiny = RandomModel.TINY;
    return RandomModel.with(tiny, language, tiny.tokens(), tiny.unsureBelow(), tiny.unknownTexts());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("models")
  void everyGraphOfAModelFits(String name, StoredType type, FlamingoConfig config)
      throws IOException {
    RandomModel.write(directory, config, type);
    check(new Graphs(config, ModelDirectory.open(directory).weights()));
  }

  @Test
  void everyGraphOfTheDefaultModelFits() {
    ModelDirectory model = ModelDirectory.open(Path.of("src/main/models/default"));
    check(new Graphs(ConfigReader.read(model), model.weights()));
  }

  private static void check(Graphs graphs) {
    for (int frames : new int[] {1, 8, 30}) {
      TensorRtForms.check(graphs.vision(frames).onnx());
      for (int batch : new int[] {1, 4}) {
        TensorRtForms.check(graphs.resampler(batch, frames).onnx());
      }
    }
    for (int batch : new int[] {1, 4}) {
      for (Decoding decoding : decodings()) {
        TensorRtForms.check(graphs.describe(batch, 1, 1, decoding).onnx());
        TensorRtForms.check(graphs.describe(batch, 3, 9, decoding).onnx());
      }
      TensorRtForms.check(graphs.logits(batch, 1, 1).onnx());
      TensorRtForms.check(graphs.logits(batch, 3, 9).onnx());
      TensorRtForms.check(graphs.score(batch, 1, 1, 1, 1).onnx());
      TensorRtForms.check(graphs.score(batch, 2, 7, 5, 3).onnx());
    }
  }

  /** One token and many, greedy and by beams, with each rule and with all of them. */
  private static List<Decoding> decodings() {
    List<Decoding> decodings = new ArrayList<>();
    for (int tokens : new int[] {1, 6}) {
      for (int beams : new int[] {1, 3}) {
        Decoding plain = Decoding.greedy(tokens).withBeams(beams);
        decodings.add(plain);
        decodings.add(plain.withMinTokens(1).withLengthPenalty(-1));
        decodings.add(plain.withNoRepeatNgram(1));
        decodings.add(plain.withMinTokens(tokens).withNoRepeatNgram(3));
      }
    }
    return decodings;
  }
}
