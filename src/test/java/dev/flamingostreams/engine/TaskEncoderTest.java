package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskEncoderTest {
  private static final FlamingoConfig CONFIG = RandomModel.LEARNED;
  private static final ClipInput CLIP = new ClipInput(List.of(new byte[1]), new long[1]);

  private static final int MOST_BYTES = 3 << 20;

  @TempDir static Path model;
  private Tokenizer tokenizer;

  @BeforeEach
  void open() throws IOException {
    RandomModel.write(model, CONFIG, StoredType.F32);
    tokenizer = ModelDirectory.open(model).tokenizer();
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void textsAreWrittenInTheModelsOwnTokens() {
    SpecialTokens own = new SpecialTokens(4, SpecialTokens.NONE, 5, 0, 1, "w4", "w5");
    PreparedTask prepared = encode(own, prompt("<image> w6 <EOC> <image> w7", 1));
    assertThat(prepared.prompt().passage().tokens()).containsExactly(1, 4, 6, 5, 4, 7);
    assertThat(prepared.prompt().passage().textTime()).containsExactly(0, 1, 1, 1, 2, 2);
  }

  @Test
  void wordsThatAModelDoesNotKnowAreRefusedByName() {
    SpecialTokens padded = new SpecialTokens(4, SpecialTokens.NONE, 5, 9, 1, "w4", "w5");
    refused(
        padded,
        prompt("<image> is w6 a dog ?", 0),
        "'<image> is w6 a dog ?' has words that model "
            + CONFIG.id()
            + " does not know: is, a, dog, ?; its README.md says what it is told");
  }

  @Test
  void aMediaMayBeWrittenInSeveralTokensOfWhichOneMarksItsPlace() {
    SpecialTokens several =
        new SpecialTokens(4, SpecialTokens.NONE, 3, 0, SpecialTokens.NONE, "w4 w6", "<EOC>");
    assertThat(encode(several, prompt("<image> w7", 0)).prompt().passage().textTime())
        .containsExactly(1, 1, 1);
    refused(
        several,
        prompt("w4 w7 <image>", 0),
        "prompt 'w4 w7 <image>' reads as 2 media, it shows 1; its text must not hold w for"
            + " anything else");
    refused(
        several,
        new Task.Classify(Prompt.plain(), List.of("w7 w4")),
        "text 'w7 w4' reads as a media; it must not hold w");
  }

  @Test
  void mediaThatThePromptHasNoPlaceForAreRefused() {
    SpecialTokens blind =
        new SpecialTokens(4, SpecialTokens.NONE, 3, 0, SpecialTokens.NONE, "w5", "<EOC>");
    refused(
        blind,
        prompt("<image>", 0),
        "prompt '<image>' reads as 0 media, it shows 1; its text must not hold w5 for anything"
            + " else");
  }

  @Test
  void moreMediaThanTheModelTellsApartAreRefused() {
    refused(
        CONFIG.tokens(),
        prompt("<image><image><image><image>", 3),
        "the prompt shows 4 media, model random tells only 3 apart; leave out examples");
  }

  @Test
  void textsLongerThanTheContextAreRefused() {
    String long120 = "w4 ".repeat(119);
    assertThat(encode(CONFIG.tokens(), prompt(long120 + "<image>", 0)).prompt().passage().length())
        .isEqualTo(120);
    refused(
        CONFIG.tokens(),
        prompt(long120 + "w4 w4 w4 <image>", 0),
        "the prompt has 123 tokens and 6 may follow, model random has room for 128; shorten"
            + " the prompt, leave out examples or let less follow");
    refused(
        CONFIG.tokens(),
        new Task.Classify(new Prompt(long120 + "<image>", List.of()), List.of("w4 ".repeat(8))),
        "the prompt has 120 tokens and 9 may follow, model random has room for 128; shorten"
            + " the prompt, leave out examples or let less follow");
    Task.Dialogue.Turn turn = new Task.Dialogue.Turn("", " w4".repeat(39));
    refused(
        CONFIG.tokens(),
        new Task.Dialogue(
            Prompt.plain(), Collections.nCopies(3, turn), new DecodingOptions(3, 0, 1, 1.0, 0)),
        "the prompt has 120 tokens and 9 may follow, model random has room for 128; shorten"
            + " the prompt, leave out examples or let less follow");
  }

  @Test
  void anAnswerThatMustBeLongerThanItMayBeIsRefused() {
    refused(
        CONFIG.tokens(),
        new Task.Describe(Prompt.plain(), new DecodingOptions(4, 5, null, null, null)),
        "5 tokens are wanted at least, 4 may follow; ask for fewer or let more follow");
  }

  @Test
  void textsThatMemoryIsTooSmallForAreRefused() {
    refused(
        CONFIG.tokens(),
        new Task.Describe(Prompt.plain(), new DecodingOptions(120, 0, 64, 1.0, 0)),
        "texts of 121 tokens with 64 beams take 0.0 GB for a clip, 0.0 GB may be taken; shorten"
            + " the prompt, use fewer beams or let less follow");
    refused(
        CONFIG.tokens(),
        new Task.Describe(Prompt.plain(), new DecodingOptions(120, 0, 64, 1.0, 3)),
        "with 64 beams that do not repeat themselves take");
  }

  @Test
  void keysAndValuesOfEachBeamAreCounted() {
    LanguageConfig mpt = // of OpenFlamingo 3B
        new LanguageConfig.Mpt(50_280, 2048, 24, 16, 8192, 2048, true, false, false, true, 0, 8);
    LanguageConfig llama = new LanguageConfig.Llama(12, 16, 2, 2, 1, 8, 40, 128, false, 1e4, 1e-5);

    assertThat(DecodingMemory.bytes(mpt, Decoding.greedy(20).withBeams(64), 4096))
        .isEqualTo(2.0 * 64 * 2 * 24 * 2048 * 4096 * 4);
    assertThat(DecodingMemory.bytes(llama, Decoding.greedy(6), 10))
        .isEqualTo(2.0 * 2 * 2 * 8 * 10 * 4);
    assertThat(DecodingMemory.bytes(llama, Decoding.greedy(6).withNoRepeatNgram(2), 10))
        .isEqualTo(2.0 * 2 * 2 * 8 * 10 * 4 + 10 * 12 * 5);
    assertThat(DecodingMemory.most(8)).isPositive();
  }

  @Test
  void aLabelOfUnreasonableLengthIsRefused() {
    refused(
        CONFIG.tokens(),
        new Task.Classify(Prompt.plain(), List.of("w4 ".repeat(300))),
        "has 300 tokens, must have 1 to 255");
  }

  private static Task prompt(String text, int examples) {
    return new Task.Describe(
        new Prompt(text, Collections.nCopies(examples, CLIP)), DecodingOptions.NONE);
  }

  private void refused(SpecialTokens tokens, Task task, String message) {
    assertThatThrownBy(() -> encode(tokens, task))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining(message);
  }

  private PreparedTask encode(SpecialTokens tokens, Task task) {
    FlamingoConfig config =
        RandomModel.with(
            CONFIG, CONFIG.language(), tokens, CONFIG.unsureBelow(), CONFIG.unknownTexts());
    return new TaskEncoder(config, tokenizer, MOST_BYTES)
        .encode(task, examples -> examples.stream().map(example -> new float[0]).toList());
  }
}
