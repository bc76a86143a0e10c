package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model's promises, on random weights in eager mode. */
class FlamingoTest {
  private static final int VOCABULARY = 12;
  private static final int IMAGE = 2;
  private static final int END = 3;
  private static final int LATENTS = 3;
  private static final int WIDTH = 16;

  private final FlamingoConfig config =
      RandomModel.config(
          new VisionConfig.Convolutional(
              12,
              RandomModel.stretch(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)),
              List.of(8, WIDTH),
              List.of(2, 2),
              4,
              1,
              2),
          new ResamplerConfig(LATENTS, 2, 2, 8, 64, Activation.GELU, 8, 0),
          new CrossAttentionConfig(0, 1, 2, 8, 64, Activation.GELU, MediaMask.IMMEDIATE),
          new LanguageConfig.Mpt(VOCABULARY, 16, 2, 2, 64, 99, true, false, true, false, 0, 8),
          Decoding.greedy(6));

  private NDManager manager;
  private TorchWeights weights;
  private TorchBackend backend;
  private Flamingo flamingo;

  @BeforeEach
  void open() {
    manager = Engine.getEngine("PyTorch").newBaseManager();
    weights = new TorchWeights(manager, 7);
    backend = new TorchBackend(manager);
    flamingo = new Flamingo(config, weights.in(backend), backend);
  }

  @AfterEach
  void close() {
    weights.close();
    manager.close();
  }

  @Test
  void closedGatesLeaveTheLanguageModelAsItWas() {
    Tensor tokens = tokens(IMAGE, 5, 6, 7);
    float[] looking = floats(flamingo.logits(latents(1, 1), tokens, times(1, 1, 1, 1)));
    assertThat(looking).containsExactly(floats(flamingo.textLogits(tokens)), within(1e-6f));
  }

  @Test
  void textSeesTheMediaJustBeforeItAndNoOther() {
    openGates();
    Tensor tokens = tokens(4, IMAGE, 5, IMAGE, 6);
    Tensor times = times(0, 1, 1, 2, 2);
    float[] before = floats(flamingo.logits(latents(1, 2), tokens, times));
    float[] otherSecond = floats(flamingo.logits(latents(1, 2, 1), tokens, times));
    float[] otherFirst = floats(flamingo.logits(latents(1, 2, 0), tokens, times));
    assertThat(row(otherSecond, 0, 3)).containsExactly(row(before, 0, 3), within(1e-5f));
    assertThat(row(otherSecond, 3, 5)).isNotEqualTo(row(before, 3, 5));
    // Text before any media sees none; what it saw at positions 1 and 2 reaches 3 and 4 by text.
    assertThat(row(otherFirst, 0, 1)).containsExactly(row(before, 0, 1), within(1e-5f));
    assertThat(row(otherFirst, 1, 3)).isNotEqualTo(row(before, 1, 3));
  }

  @Test
  void theLoopWithItsCacheDecodesWhatTheWholeTextDecodes() {
    openGates();
    Tensor latents = latents(2, 1);
    Flamingo.Text text =
        flamingo.describe(
            latents,
            new Flamingo.Prompt(
                backend.constant(new int[] {4, IMAGE, 4, IMAGE}, 2, 2),
                backend.constant(new int[] {0, 1, 0, 1}, 2, 2),
                backend.constant(new int[2], 2, 1)),
            config.decoding());
    int[] tokens = TorchTensor.array(text.tokens()).toIntArray();
    float[] logs = floats(text.logProbabilities());
    for (int b = 0; b < 2; b++) {
      assertThat(Arrays.copyOfRange(tokens, 6 * b, 6 * b + 6)).isEqualTo(slow(latents, b, logs));
    }
  }

  /** Greedy decoding that runs the whole text anew for each token. */
  private int[] slow(Tensor latents, int b, float[] logs) {
    int[] text = {4, IMAGE};
    int[] result = new int[6];
    for (int i = 0; i < result.length; i++) {
      int[] times = new int[text.length];
      Arrays.fill(times, 1, text.length, 1);
      float[] logits =
          floats(
              flamingo
                  .logits(
                      latents.slice(0, b, b + 1),
                      backend.constant(text, 1, text.length),
                      backend.constant(times, 1, text.length))
                  .logSoftmax());
      float[] last = Arrays.copyOfRange(logits, logits.length - VOCABULARY, logits.length);
      int best = 0;
      for (int v = 1; v < VOCABULARY; v++) {
        best = last[v] > last[best] ? v : best;
      }
      result[i] = best;
      assertThat(logs[6 * b + i]).isCloseTo(last[best], within(1e-4f));
      if (best == END) {
        break;
      }
      text = Arrays.copyOf(text, text.length + 1);
      text[text.length - 1] = best;
    }
    return result;
  }

  @Test
  void aBeamThatIsAloneIsGreedyAndMoreBeamsAreNeverLessLikely() {
    openGates();
    Tensor latents = latents(2, 1);
    double greedy = 0;
    double beams = 0;
    for (int first = 4; first < VOCABULARY; first++) {
      Flamingo.Prompt prompt = prompt(2, 0, first, IMAGE);
      float[] one = floats(describe(latents, prompt, Decoding.greedy(6)).logProbabilities());
      Decoding five = Decoding.greedy(6).withBeams(5).withLengthPenalty(0);
      float[] best = floats(describe(latents, prompt, five).logProbabilities());
      greedy += sum(one);
      beams += sum(best);
    }
    assertThat(beams).isGreaterThan(greedy + 1);
  }

  @Test
  void aBatchIsDescribedAsItsClipsAreAlone() {
    openGates();
    Tensor latents = latents(3, 1, 1, 2);
    Decoding decoding = Decoding.greedy(6).withBeams(3);
    int[] together = ints(describe(latents, prompt(3, 0, 5, IMAGE), decoding).tokens());
    for (int b = 0; b < 3; b++) {
      Tensor one = latents.slice(0, b, b + 1);
      assertThat(ints(describe(one, prompt(1, 0, 5, IMAGE), decoding).tokens()))
          .isEqualTo(Arrays.copyOfRange(together, 6 * b, 6 * b + 6));
    }
  }

  @Test
  void paddingBeforeAPromptChangesNothing() {
    openGates();
    Tensor latents = latents(1, 1);
    for (int beams : new int[] {1, 3}) {
      Decoding decoding = Decoding.greedy(6).withBeams(beams).withNoRepeatNgram(1);
      Flamingo.Text bare = describe(latents, prompt(1, 0, 5, IMAGE, 7), decoding);
      Flamingo.Text padded = describe(latents, prompt(1, 2, 0, 0, 5, IMAGE, 7), decoding);
      assertThat(ints(padded.tokens())).isEqualTo(ints(bare.tokens()));
      assertThat(floats(padded.logProbabilities()))
          .containsExactly(floats(bare.logProbabilities()), within(1e-5f));
    }
  }

  @Test
  void theEndComesNoSoonerThanAllowed() {
    openGates();
    Tensor latents = latents(1, 1);
    int longer = 0;
    for (int first = 0; first < VOCABULARY; first++) {
      Flamingo.Prompt prompt = prompt(1, 0, first, IMAGE);
      int[] free = ints(describe(latents, prompt, Decoding.greedy(6)).tokens());
      for (int beams : new int[] {1, 3}) {
        Decoding late = Decoding.greedy(6).withBeams(beams).withMinTokens(4);
        int[] tokens = ints(describe(latents, prompt, late).tokens());
        assertThat(Arrays.copyOf(tokens, 4)).doesNotContain(END);
      }
      longer += Arrays.stream(Arrays.copyOf(free, 4)).anyMatch(token -> token == END) ? 1 : 0;
    }
    assertThat(longer).as("prompts that would have ended sooner").isPositive();
  }

  @Test
  void noTwoTokensInARowComeTwice() {
    openGates();
    Tensor latents = latents(1, 1);
    int repeats = 0;
    for (int first = 4; first < VOCABULARY; first++) {
      int[] prompt = {first, 6, IMAGE, first};
      Flamingo.Prompt prepared = prompt(1, 0, prompt);
      Decoding decoding = Decoding.greedy(6).withMinTokens(6);
      repeats += pairs(prompt, ints(describe(latents, prepared, decoding).tokens()));
      for (int beams : new int[] {1, 3}) {
        Decoding other = decoding.withBeams(beams).withNoRepeatNgram(2);
        assertThat(pairs(prompt, ints(describe(latents, prepared, other).tokens()))).isZero();
      }
    }
    assertThat(repeats).as("pairs that would have come twice").isPositive();
  }

  private static int pairs(int[] prompt, int[] tokens) {
    int[] text = IntStream.concat(IntStream.of(prompt), IntStream.of(tokens)).toArray();
    Set<List<Integer>> seen = new HashSet<>();
    int repeated = 0;
    for (int i = 1; i < text.length; i++) {
      repeated += seen.add(List.of(text[i - 1], text[i])) ? 0 : 1;
    }
    return repeated;
  }

  @Test
  void aLabelScoresTheSumOfItsTokensLogProbabilities() {
    openGates();
    Tensor latents = latents(2, 1, 1);
    int[][] labels = {{5, 6, 7}, {8}, {9, END}};
    Tensor scores =
        flamingo.score(
            latents,
            prompt(2, 1, 0, 4, IMAGE),
            backend.constant(new int[] {5, 6, 7, 8, 0, 0, 9, END, 0}, 3, 3),
            backend.constant(new float[] {1, 1, 1, 1, 0, 0, 1, 1, 0}, 3, 3));
    float[] actual = floats(scores);
    for (int b = 0; b < 2; b++) {
      for (int label = 0; label < labels.length; label++) {
        double expected = slowScore(latents.slice(0, b, b + 1), labels[label]);
        assertThat((double) actual[3 * b + label]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  private double slowScore(Tensor latents, int... label) {
    int[] text = IntStream.concat(IntStream.of(4, IMAGE), IntStream.of(label)).toArray();
    int[] times = new int[text.length];
    Arrays.fill(times, 1, text.length, 1);
    float[] logits = floats(flamingo.logits(latents, tokens(text), times(times)).logSoftmax());
    double sum = 0;
    for (int i = 0; i < label.length; i++) {
      sum += logits[(i + 1) * VOCABULARY + label[i]];
    }
    return sum;
  }

  private Flamingo.Text describe(Tensor latents, Flamingo.Prompt prompt, Decoding decoding) {
    return flamingo.describe(latents, prompt, decoding);
  }

  /** The same prompt for each clip, with one media. */
  private Flamingo.Prompt prompt(int batch, int padding, int... tokens) {
    int[] all = new int[batch * tokens.length];
    int[] times = new int[all.length];
    int[] start = new int[batch];
    Arrays.fill(start, padding);
    for (int i = 0; i < all.length; i++) {
      int at = i % tokens.length;
      all[i] = tokens[at];
      times[i] = tokens[at] == IMAGE ? 1 : at == 0 ? 0 : times[i - 1];
    }
    return new Flamingo.Prompt(
        backend.constant(all, batch, tokens.length),
        backend.constant(times, batch, tokens.length),
        backend.constant(start, batch, 1));
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void paddedFramesChangeNothing() {
    Random random = new Random(3);
    int tokens = config.vision().tokens();
    float[] features = gaussian(random, 9 * tokens * WIDTH);
    long[] micros = LongStream.range(0, 9).map(i -> i * 100).toArray();
    float[] time = TemporalInterpolation.weights(micros, 8);
    float[] whole = floats(resample(features, time, 9, 9));
    float[] padded =
        floats(
            resample(
                Arrays.copyOf(features, 16 * tokens * WIDTH), Arrays.copyOf(time, 16 * 8), 16, 9));
    assertThat(padded).containsExactly(whole, within(1e-5f));
  }

  @Test
  void theOrderOfFramesIsSeen() {
    Random random = new Random(3);
    int frame = config.vision().tokens() * WIDTH;
    float[] features = gaussian(random, 8 * frame);
    float[] swapped = features.clone();
    System.arraycopy(features, 0, swapped, frame, frame);
    System.arraycopy(features, frame, swapped, 0, frame);
    float[] time =
        TemporalInterpolation.weights(LongStream.range(0, 8).map(i -> i * 100).toArray(), 8);
    assertThat(floats(resample(swapped, time, 8, 8)))
        .isNotEqualTo(floats(resample(features, time, 8, 8)));
  }

  private Tensor resample(float[] features, float[] time, int frames, int real) {
    float[] mask = new float[frames];
    Arrays.fill(mask, 0, real, 1);
    return flamingo.resample(
        backend.constant(features, 1, frames, config.vision().tokens(), WIDTH),
        backend.constant(time, 1, frames, 8),
        backend.constant(mask, 1, frames),
        backend.constant(new int[1], 1));
  }

  private void openGates() {
    flamingo.logits(latents(1, 1), tokens(IMAGE), times(1)); // makes all weights
    List.copyOf(weights.all().keySet()).stream()
        .filter(name -> name.endsWith("_gate"))
        .forEach(name -> weights.put(name, new float[] {0.8f}, 1));
  }

  /** Latents of clips, some of them others than usual. */
  private Tensor latents(int batch, int media, Integer... others) {
    Random random = new Random(11);
    float[] values = gaussian(random, batch * media * LATENTS * WIDTH);
    for (int other : others) {
      for (int i = 0; i < LATENTS * WIDTH; i++) {
        values[other * LATENTS * WIDTH + i] += (float) random.nextGaussian();
      }
    }
    return backend.constant(values, batch, media, LATENTS, WIDTH);
  }

  private static float[] gaussian(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private Tensor tokens(int... tokens) {
    return backend.constant(tokens, 1, tokens.length);
  }

  private Tensor times(int... times) {
    return backend.constant(times, 1, times.length);
  }

  private static float[] row(float[] logits, int from, int to) {
    return Arrays.copyOfRange(logits, from * VOCABULARY, to * VOCABULARY);
  }

  private static int[] ints(Tensor tensor) {
    return TorchTensor.array(tensor).toIntArray();
  }

  private static float[] floats(Tensor tensor) {
    return TorchTensor.array(tensor).toFloatArray();
  }
}
