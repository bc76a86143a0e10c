package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The model continues the prompt, then what it wrote and the next turn, and so on.
 *
 * @param laterTurns tokens between an answer and the next
 */
record Conversation(
    FlamingoConfig config, PreparedPrompt prompt, List<int[]> laterTurns, Decoding decoding)
    implements PreparedTask {

  Conversation {
    laterTurns = List.copyOf(laterTurns);
  }

  @Override
  public Stream<Graph> graphs(Graphs graphs, int size) {
    return lengths().stream()
        .map(length -> graphs.describe(size, prompt.media(), length, decoding));
  }

  /** Prompts of the graphs: an answer, which the next turn follows, may be of any length. */
  private Set<Integer> lengths() {
    int least = prompt.passage().length();
    int most = least;
    Set<Integer> lengths = new LinkedHashSet<>(Set.of(padded(least)));
    for (int[] turn : laterTurns) {
      least += turn.length;
      most += turn.length + decoding.maxTokens();
      IntStream.rangeClosed(least, most).map(this::padded).forEach(lengths::add);
    }
    return lengths;
  }

  private int padded(int length) {
    return PromptLengths.padded(length, config.language().context() - decoding.maxTokens());
  }

  @Override
  public List<Reply> ask(Sessions sessions, List<float[]> latents, int size) {
    float[] media = prompt.latents(latents, size);
    List<List<Answer>> answers =
        Stream.generate(ArrayList<Answer>::new)
            .limit(size)
            .map(list -> (List<Answer>) list)
            .toList();
    List<Passage> rows = new ArrayList<>(Collections.nCopies(size, prompt.passage()));
    for (int turn = 0; turn <= laterTurns.size(); turn++) {
      List<Answer> next = next(sessions, media, rows);
      for (int row = 0; row < size; row++) {
        answers.get(row).add(next.get(row));
        if (turn < laterTurns.size()) {
          rows.set(row, rows.get(row).plus(next.get(row).tokens()).plus(laterTurns.get(turn)));
        }
      }
    }
    return answers.stream()
        .limit(latents.size())
        .map(said -> new Reply(said, new float[0]))
        .toList();
  }

  // Where nothing that is written has a score, of damaged weights say, a search by beams keeps the
  // nothing it began with: padding, of probability 1.
  private void requireText(int[] tokens, float[] logProbabilities, int row, int length) {
    int from = row * length;
    boolean isNothing = decoding.beams() > 1 && tokens[from] == config.tokens().pad();
    for (int i = from; isNothing && i < from + length; i++) {
      isNothing = logProbabilities[i] == 0;
    }
    if (isNothing) {
      throw new ArithmeticException(
          "no text has a score; weights of the model are damaged, or decoding.length-penalty is too"
              + " small");
    }
  }

  private List<Answer> next(Sessions sessions, float[] media, List<Passage> rows) {
    int size = rows.size();
    int length = padded(rows.stream().mapToInt(Passage::length).max().orElseThrow());
    long[] shape = {size, prompt.media(), config.resampler().latents(), config.vision().width()};
    List<Array> inputs = new ArrayList<>(Passage.inputs(rows, length, config.tokens().pad()));
    inputs.add(Array.of(Graphs.LATENTS, media, shape));
    Outputs outputs = sessions.describe(size, prompt.media(), length, decoding).run(inputs);
    int[] tokens = outputs.ints(Graphs.TOKENS);
    float[] logProbabilities =
        Finite.of("log-probabilities", outputs.floats(Graphs.LOG_PROBABILITIES));
    int most = tokens.length / size;
    List<Answer> answers = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      requireText(tokens, logProbabilities, row, most);
      answers.add(Answer.of(tokens, logProbabilities, row, most, config.tokens().end()));
    }
    return answers;
  }
}
