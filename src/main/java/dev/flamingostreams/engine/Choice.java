package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * How likely the prompt is to be continued by each label.
 *
 * @param labels tokens of each, the end token included
 * @param mostFloats that scoring some labels at once may take
 */
record Choice(FlamingoConfig config, PreparedPrompt prompt, List<int[]> labels, long mostFloats)
    implements PreparedTask {
  /** Logits, keys and values of the labels that are scored at once: 256 MB. */
  static final long MOST_FLOATS = 1L << 26;

  Choice {
    labels = List.copyOf(labels);
  }

  private int labelLength() {
    return labels.stream().mapToInt(label -> label.length).max().orElseThrow();
  }

  /** Of the graphs' prompt. */
  private int length() {
    return PromptLengths.padded(
        prompt.passage().length(), config.language().context() - labelLength());
  }

  @Override
  public Stream<Graph> graphs(Graphs graphs, int size) {
    int length = length();
    return Stream.of(
        graphs.score(size, prompt.media(), length, chunk(size, length), labelLength()));
  }

  @Override
  public List<Reply> ask(Sessions sessions, List<float[]> latents, int size) {
    float[] media = prompt.latents(latents, size);
    int length = length();
    int chunk = chunk(size, length);
    float[][] scores = new float[latents.size()][labels.size()];
    for (int from = 0; from < labels.size(); from += chunk) {
      List<int[]> some = labels.subList(from, Math.min(from + chunk, labels.size()));
      float[] given = score(sessions, media, size, length, some, chunk);
      for (int row = 0; row < scores.length; row++) {
        System.arraycopy(given, row * chunk, scores[row], from, some.size());
      }
    }
    return Arrays.stream(scores).map(row -> new Reply(List.of(), row)).toList();
  }

  /** Labels that are scored at once: as few times as memory allows, as evenly as may be. */
  private int chunk(int size, int length) {
    LanguageConfig language = config.language();
    long logits = (long) labelLength() * language.vocabulary();
    long keysAndValues = 2L * language.layers() * language.width() * (length + labelLength());
    long most = Math.max(1, mostFloats / (size * (logits + keysAndValues)));
    long times = (labels.size() + most - 1) / most;
    return (int) ((labels.size() + times - 1) / times);
  }

  /** {@code [size, chunk]}; places that are left over repeat the first label. */
  private float[] score(
      Sessions sessions, float[] media, int size, int length, List<int[]> some, int chunk) {
    int labelLength = labelLength();
    int[] tokens = new int[chunk * labelLength];
    float[] mask = new float[chunk * labelLength];
    Arrays.fill(tokens, config.tokens().pad());
    for (int i = 0; i < chunk; i++) {
      int[] label = some.get(i < some.size() ? i : 0);
      System.arraycopy(label, 0, tokens, i * labelLength, label.length);
      Arrays.fill(mask, i * labelLength, i * labelLength + label.length, 1);
    }
    List<Passage> rows = Collections.nCopies(size, prompt.passage());
    long[] shape = {size, prompt.media(), config.resampler().latents(), config.vision().width()};
    List<Array> inputs = new ArrayList<>(Passage.inputs(rows, length, config.tokens().pad()));
    inputs.add(Array.of(Graphs.LATENTS, media, shape));
    inputs.add(Array.of(Graphs.LABELS, tokens, chunk, labelLength));
    inputs.add(Array.of(Graphs.LABEL_MASK, mask, chunk, labelLength));
    Outputs outputs = sessions.score(size, prompt.media(), length, chunk, labelLength).run(inputs);
    return Finite.of("log-probabilities", outputs.floats(Graphs.SCORES));
  }
}
