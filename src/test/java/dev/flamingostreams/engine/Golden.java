package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** What a reference implementation was given and gave (src/test/resources/goldens). */
record Golden(Path directory, JsonNode about, Safetensors tensors) {
  private static final Path ALL = Path.of("src/test/resources/goldens");
  private static final double CLOSE = 1e-4;

  static Golden of(String name) throws IOException {
    Path directory = ALL.resolve(name);
    return new Golden(
        directory,
        new JsonMapper().readTree(directory.resolve("golden.json").toFile()),
        Safetensors.open(directory.resolve("golden.safetensors")));
  }

  float[] floats(String tensor) {
    return tensors.floats(tensor);
  }

  int[] ints(String tensor) {
    float[] values = floats(tensor);
    int[] ints = new int[values.length];
    Arrays.setAll(ints, i -> (int) values[i]);
    return ints;
  }

  long[] shape(String tensor) {
    return tensors.tensor(tensor).shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** How {@code generate} was called. */
  Decoding decoding(String run) {
    JsonNode settings = about.path("runs").path(run);
    return new Decoding(
        settings.path("max_new_tokens").asInt(),
        settings.path("min_new_tokens").asInt(0),
        settings.path("num_beams").asInt(1),
        settings.path("length_penalty").asDouble(1),
        settings.path("no_repeat_ngram_size").asInt(0));
  }

  /** Of one text, as a graph gives it. */
  void compareRun(String row, String run, Outputs text, int endToken) {
    int[] tokens = text.ints(Graphs.TOKENS);
    float[] logs = text.floats(Graphs.LOG_PROBABILITIES);
    compareAnswer(row, run, Answer.of(tokens, logs, 0, tokens.length, endToken), endToken);
  }

  /**
   * Compares tokens, and log-probabilities where the reference did not change them.
   *
   * @param row what the names of a text's tensors begin with
   */
  void compareAnswer(String row, String run, Answer answer, int endToken) {
    String what = row + run;
    int from = ints(row + "ids").length;
    int length = (int) shape(what + ".sequences")[1] - from;
    int[] best = Arrays.copyOfRange(ints(what + ".sequences"), from, from + length);
    int[] expected = Answer.of(best, new float[length], 0, length, endToken).tokens();
    assertThat(answer.tokens()).as(what).isEqualTo(expected);
    Decoding decoding = decoding(run);
    if (decoding.beams() > 1) {
      double size = Math.pow(answer.logProbabilities().length, decoding.lengthPenalty());
      float score = (float) (answer.logProbability() / size);
      assertClose(what, new float[] {score}, Arrays.copyOf(floats(what + ".scores"), 1));
    } else if (run.equals("greedy")) {
      assertClose(what, answer.logProbabilities(), floats(what + ".logprobs"));
    }
  }

  /** ‖actual − expected‖ / ‖expected‖. */
  static void assertClose(String what, float[] actual, float[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).as(what).isLessThan(CLOSE);
  }
}
