package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is unsure below -0.5, and says "w4 w5" or "w6" of what it does not know. */
class ReplyReaderTest {
  private static final PreparedPrompt PROMPT =
      new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of());
  private static final FlamingoConfig CONFIG = saying(List.of("w4 w5", "w6"));

  @TempDir Path directory;
  private Tokenizer tokenizer;

  @BeforeEach
  void openATokenizer() throws IOException {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F16);
    tokenizer = Tokenizer.open(directory.resolve(ModelDirectory.TOKENIZER));
  }

  @AfterEach
  void closeIt() {
    tokenizer.close();
  }

  @Test
  void aTextIsUnsureIfItIsUnlikelyOrSaysThatNothingIsKnown() {
    assertThat(describe(answer(-0.4f, 4, 7)).unsure()).isFalse();
    assertThat(describe(answer(-0.6f, 4, 7)).unsure()).isTrue();
    assertThat(describe(answer(-0.4f, 4, 5)).text()).isEqualTo("w4 w5");
    assertThat(describe(answer(-0.4f, 4, 5)).unsure()).isTrue();
    assertThat(describe(answer(-0.4f, 6)).unsure()).isTrue();
    assertThat(describe(answer(-0.4f, 6, 7)).unsure()).as("more than that").isFalse();
    assertThat(describe(answer(-0.4f, 4)).unsure()).as("less than that").isFalse();
  }

  @Test
  void aTextIsAsProbableAsAllItsTokensTogether() {
    Description description = describe(answer(-0.25f, 4, 7));
    assertThat(description.tokens()).as("the end is one").isEqualTo(3);
    assertThat(description.probability()).isCloseTo(Math.exp(-0.75), within(1e-9));
    assertThat(conversed(answer(-0.25f, 4), answer(-0.5f, 5)).probability())
        .isCloseTo(Math.exp(-1.5), within(1e-9));
    assertThat(chosen(-0.5f, -1).probability())
        .as("not among the labels")
        .isCloseTo(Math.exp(-0.5), within(1e-9));
  }

  @Test
  void oneAnswerOfTheUnknownMakesADialogueUnsure() {
    assertThat(conversed(answer(-0.4f, 7), answer(-0.4f, 8)).unsure()).isFalse();
    Description description = conversed(answer(-0.4f, 7), answer(-0.4f, 6));
    assertThat(description.text()).isEqualTo("w7 / w6");
    assertThat(description.unsure()).isTrue();
    assertThat(conversed(answer(-0.4f, 4), answer(-0.4f, 5)).unsure()).isFalse();
  }

  @Test
  void aLabelOfTheUnknownIsUnsureIfItIsChosen() {
    assertThat(chosen(-0.2f, -1).unsure()).isFalse();
    Description description = chosen(-1, -0.2f);
    assertThat(description.text()).isEqualTo("w6");
    assertThat(description.unsure()).isTrue();
    assertThat(chosen(-1.5f, -2).unsure()).as("likeliest of unlikely ones").isTrue();
  }

  private Description describe(Answer answer) {
    return read(Task.plain(), conversation(), new Reply(List.of(answer), new float[0]));
  }

  private Description conversed(Answer first, Answer second) {
    List<Task.Dialogue.Turn> turns =
        List.of(new Task.Dialogue.Turn("a?", "a?"), new Task.Dialogue.Turn("b?", "b?"));
    Task task = new Task.Dialogue(Prompt.plain(), turns, DecodingOptions.NONE);
    return read(task, conversation(), new Reply(List.of(first, second), new float[0]));
  }

  /** Of labels w7 and w6. */
  private Description chosen(float... scores) {
    Task task = new Task.Classify(Prompt.plain(), List.of("w7", " w6"));
    List<int[]> labels = List.of(new int[] {7, 3}, new int[] {6, 3});
    return read(task, new Choice(CONFIG, PROMPT, labels, 1), new Reply(List.of(), scores));
  }

  private Description read(Task task, PreparedTask prepared, Reply reply) {
    ClipJob.Outcome outcome = new ClipJob.Outcome(new float[0], reply, 0, 0, 0);
    return new ReplyReader(tokenizer, CONFIG, task, prepared).read(outcome);
  }

  private static PreparedTask conversation() {
    return new Conversation(CONFIG, PROMPT, List.of(), CONFIG.decoding());
  }

  /** Each token, and the end, at the same log-probability. */
  private static Answer answer(float logProbability, int... tokens) {
    float[] logProbabilities = new float[tokens.length + 1];
    Arrays.fill(logProbabilities, logProbability);
    return new Answer(tokens, logProbabilities);
  }

  private static FlamingoConfig saying(List<String> unknownTexts) {
    FlamingoConfig tiny = RandomModel.TINY;
    return RandomModel.with(tiny, tiny.language(), tiny.tokens(), tiny.unsureBelow(), unknownTexts);
  }
}
