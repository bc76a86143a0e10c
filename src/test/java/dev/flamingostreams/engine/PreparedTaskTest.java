package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks in the graphs of small models of each kind. */
class PreparedTaskTest {
  private static final float CLOSE = 1e-4f;
  private static final Passage SHORT = Passage.of(new int[] {7, 2, 5}, token -> token == 2);
  private static final Passage LONG =
      Passage.of(new int[] {6, 2, 5, 8, 3, 9, 10}, token -> token == 2);

  @TempDir Path directory;

  static Stream<FlamingoConfig> models() {
    return Stream.of(
        RandomModel.TINY, RandomModel.ROTARY, RandomModel.LEARNED, RandomModel.GROUPED);
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPromptInTheGraphOfALongerOneGivesTheSame(FlamingoConfig config) throws IOException {
    RandomModel.write(directory, config, StoredType.F32);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(config, ModelDirectory.open(directory).weights());
    float[] media = media(config);
    try (Sessions sessions =
        new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(1)))) {
      for (Passage passage : List.of(SHORT, LONG)) {
        Outputs exact = describe(sessions, config, passage, passage.length(), media);
        Outputs padded = describe(sessions, config, passage, 16, media);
        assertThat(padded.ints(Graphs.TOKENS)).containsExactly(exact.ints(Graphs.TOKENS));
        assertClose(
            padded.floats(Graphs.LOG_PROBABILITIES), exact.floats(Graphs.LOG_PROBABILITIES));
        assertClose(
            score(sessions, config, passage, 16, media),
            score(sessions, config, passage, passage.length(), media));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void labelsInSeveralPartsScoreAsTheyDoTogether(FlamingoConfig config) throws IOException {
    RandomModel.write(directory, config, StoredType.F32);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(config, ModelDirectory.open(directory).weights());
    List<int[]> labels =
        List.of(new int[] {5, 3}, new int[] {6, 7, 3}, new int[] {8, 3}, new int[] {9, 9, 9, 3});
    PreparedPrompt prompt = new PreparedPrompt(SHORT, List.of());
    try (Sessions sessions =
        new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(1)))) {
      List<float[]> latents = List.of(media(config));
      Reply together =
          new Choice(config, prompt, labels, 1L << 20).ask(sessions, latents, 1).get(0);
      Reply oneByOne = new Choice(config, prompt, labels, 1).ask(sessions, latents, 1).get(0);
      Reply inThrees = new Choice(config, prompt, labels, 3_000).ask(sessions, latents, 2).get(0);
      assertThat(together.scores()).hasSize(4);
      assertClose(oneByOne.scores(), together.scores());
      assertClose(inThrees.scores(), together.scores());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aConversationReadsWhatItHasSaid(FlamingoConfig config) throws IOException {
    RandomModel.write(directory, config, StoredType.F32);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(config, ModelDirectory.open(directory).weights());
    int[] second = {3, 6, 7};
    int[] third = {3, 8, 9, 10, 11};
    try (Sessions sessions =
        new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(1)))) {
      List<Answer> said = converse(config, sessions, SHORT, second, third);
      assertThat(said).hasSize(3);
      Passage heard =
          SHORT.plus(said.get(0).tokens()).plus(second).plus(said.get(1).tokens()).plus(third);
      Answer last = converse(config, sessions, heard).get(0);
      assertThat(said.get(2).tokens()).containsExactly(last.tokens());
      assertClose(said.get(2).logProbabilities(), last.logProbabilities());
    }
  }

  private static List<Answer> converse(
      FlamingoConfig config, Sessions sessions, Passage passage, int[]... later) {
    PreparedPrompt prompt = new PreparedPrompt(passage, List.of());
    return new Conversation(config, prompt, List.of(later), config.decoding())
        .ask(sessions, List.of(media(config)), 1)
        .get(0)
        .answers();
  }

  @Test
  void graphsExistForFewLengths() {
    assertThat(PromptLengths.padded(1, 100)).isEqualTo(1);
    assertThat(PromptLengths.padded(8, 100)).isEqualTo(8);
    assertThat(PromptLengths.padded(9, 100)).isEqualTo(16);
    assertThat(PromptLengths.padded(49, 100)).isEqualTo(64);
    assertThat(PromptLengths.padded(65, 200)).isEqualTo(128);
    assertThat(PromptLengths.padded(65, 100)).as("no more than there is room for").isEqualTo(100);
  }

  private static float[] media(FlamingoConfig config) {
    Random random = new Random(7);
    float[] latents = new float[config.resampler().latents() * config.vision().width()];
    for (int i = 0; i < latents.length; i++) {
      latents[i] = (float) random.nextGaussian();
    }
    return latents;
  }

  private static Outputs describe(
      Sessions sessions, FlamingoConfig config, Passage passage, int length, float[] media) {
    return sessions
        .describe(1, 1, length, config.decoding())
        .run(inputs(config, passage, length, media));
  }

  private static float[] score(
      Sessions sessions, FlamingoConfig config, Passage passage, int length, float[] media) {
    List<Array> inputs = inputs(config, passage, length, media);
    inputs.add(Array.of(Graphs.LABELS, new int[] {5, 6, 3, 7, 3, 0}, 2, 3));
    inputs.add(Array.of(Graphs.LABEL_MASK, new float[] {1, 1, 1, 1, 1, 0}, 2, 3));
    return sessions.score(1, 1, length, 2, 3).run(inputs).floats(Graphs.SCORES);
  }

  private static List<Array> inputs(
      FlamingoConfig config, Passage passage, int length, float[] media) {
    List<Array> inputs = new ArrayList<>(Passage.inputs(List.of(passage), length, 0));
    long[] shape = {1, 1, config.resampler().latents(), config.vision().width()};
    inputs.add(Array.of(Graphs.LATENTS, media, shape));
    return inputs;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as(Arrays.toString(actual) + " " + Arrays.toString(expected))
          .isLessThan(CLOSE);
    }
  }
}
