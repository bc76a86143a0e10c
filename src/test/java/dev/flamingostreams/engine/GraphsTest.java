package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.training.Eager;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each graph in ONNX Runtime gives what the model gives when libtorch computes it eagerly. */
class GraphsTest {
  private static final float CLOSE = 1e-4f;

  @TempDir Path directory;
  private final Random random = new Random(5);
  private final Set<Integer> said = new HashSet<>();

  @Test
  void aTinyModelGivesTheSameInGraphsAndEagerly() throws IOException {
    compare(RandomModel.TINY);
  }

  @Test
  void aModelOfTheDefaultSizeGivesTheSameInGraphsAndEagerly() throws IOException {
    compare(RandomModel.SMALL);
  }

  private void compare(FlamingoConfig config) throws IOException {
    Map<String, float[]> values = RandomModel.write(directory, config, StoredType.F32);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(config, ModelDirectory.open(directory).weights());
    try (Eager eager = new Eager();
        Sessions sessions =
            new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(1)))) {
      Flamingo flamingo = new Flamingo(config, eager.weights(values), eager.backend());
      for (int frames : new int[] {1, 8}) {
        compareVision(config, frames, sessions, eager, flamingo);
      }
      for (int frames : new int[] {1, 8, 11, 30}) {
        compareResampler(config, frames, sessions, eager, flamingo);
      }
      compareText(config, 1, new int[] {2}, sessions, eager, flamingo);
      compareText(config, 4, new int[] {2}, sessions, eager, flamingo);
      compareText(config, 2, new int[] {5, 2, 6, 7, 3, 2, 8}, sessions, eager, flamingo);
      assertThat(said).as("different tokens").hasSizeGreaterThan(2);
    }
  }

  private void compareVision(
      FlamingoConfig config, int frames, Sessions sessions, Eager eager, Flamingo flamingo) {
    int side = config.vision().inputSize();
    Array pixels = random(Graphs.PIXELS, frames, 3, side, side);
    float[] graph = sessions.vision(frames).run(List.of(pixels)).floats(Graphs.FEATURES);
    float[] expected = eager.floats(flamingo.vision(tensor(eager, pixels)));
    assertClose(graph, expected);
  }

  private void compareResampler(
      FlamingoConfig config, int frames, Sessions sessions, Eager eager, Flamingo flamingo) {
    int embeddings = config.resampler().timeEmbeddings();
    Array features =
        random(Graphs.FEATURES, 1, frames, config.vision().tokens(), config.vision().width());
    long[] micros = new long[frames];
    for (int i = 1; i < frames; i++) {
      micros[i] = micros[i - 1] + 1 + random.nextInt(100_000);
    }
    float[] weights = TemporalInterpolation.weights(micros, embeddings);
    Array times = Array.of(Graphs.TIME_WEIGHTS, weights, 1, frames, embeddings);
    float[] seen = new float[frames];
    Arrays.fill(seen, 0, Math.max(1, frames - 2), 1);
    Array mask = Array.of(Graphs.FRAME_MASK, seen, 1, frames);
    float[] graph =
        sessions.resampler(1, frames).run(List.of(features, times, mask)).floats(Graphs.LATENTS);
    Tensor expected =
        flamingo.resample(
            tensor(eager, features),
            tensor(eager, times),
            tensor(eager, mask),
            eager.backend().constant(new int[1], 1));
    assertClose(graph, eager.floats(expected));
  }

  private void compareText(
      FlamingoConfig config,
      int batch,
      int[] prompt,
      Sessions sessions,
      Eager eager,
      Flamingo flamingo) {
    Passage passage = Passage.of(prompt, config.tokens()::isImage);
    int media = passage.media();
    Array latents =
        random(Graphs.LATENTS, batch, media, config.resampler().latents(), config.vision().width());
    List<Array> text = Passage.inputs(Collections.nCopies(batch, passage), prompt.length, 0);
    List<Array> inputs = new ArrayList<>(text);
    inputs.add(latents);
    Outputs graph = sessions.describe(batch, media, prompt.length, config.decoding()).run(inputs);
    Flamingo.Text expected =
        flamingo.describe(
            tensor(eager, latents),
            new Flamingo.Prompt(
                tensor(eager, text.get(0)), tensor(eager, text.get(1)), tensor(eager, text.get(2))),
            config.decoding());
    int[] written = graph.ints(Graphs.TOKENS);
    assertThat(written).containsExactly(eager.ints(expected.tokens()));
    Arrays.stream(written).forEach(said::add);
    assertClose(graph.floats(Graphs.LOG_PROBABILITIES), eager.floats(expected.logProbabilities()));
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float worst = 0;
    for (int i = 0; i < actual.length; i++) {
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(worst).isLessThan(CLOSE);
    assertThat(worst).isNotNaN();
  }

  private Array random(String name, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Array.of(name, values, shape);
  }

  private static Tensor tensor(Eager eager, Array array) {
    return array.data() instanceof IntBuffer
        ? eager.backend().constant(array.ints(), array.shape())
        : eager.backend().constant(array.floats(), array.shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16"})
  void theEndOfEachRowIsPaddingWithoutProbability(StoredType type) throws IOException {
    FlamingoConfig config = RandomModel.TINY;
    RandomModel.write(directory, config, type);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(config, ModelDirectory.open(directory).weights());
    try (Sessions sessions =
        new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(2L << 30)))) {
      int ended = 0;
      for (int i = 0; i < 40; i++) {
        Outputs text = describe(config, sessions);
        ended += checkEnd(config, text.ints(Graphs.TOKENS), text.floats(Graphs.LOG_PROBABILITIES));
      }
      assertThat(ended).as("rows that end before the longest text").isPositive();
    }
  }

  private Outputs describe(FlamingoConfig config, Sessions sessions) {
    return sessions
        .describe(1, 1, 1, config.decoding())
        .run(
            List.of(
                random(Graphs.LATENTS, 1, 1, config.resampler().latents(), config.vision().width()),
                Array.of(Graphs.PROMPT, new int[] {random.nextInt(12)}, 1, 1),
                Array.of(Graphs.TEXT_TIME, new int[] {1}, 1, 1),
                Array.of(Graphs.PROMPT_START, new int[1], 1, 1)));
  }

  private static int checkEnd(FlamingoConfig config, int[] tokens, float[] logProbabilities) {
    int end = 0;
    while (end < tokens.length && tokens[end] != config.tokens().end()) {
      assertThat(logProbabilities[end++]).isNegative();
    }
    for (int i = end + 1; i < tokens.length; i++) {
      assertThat(tokens[i]).isEqualTo(config.tokens().pad());
      assertThat(logProbabilities[i]).isZero();
    }
    return end < tokens.length - 1 ? 1 : 0;
  }
}
