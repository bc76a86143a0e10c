package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models of random weights make of each task. */
class TaskTest {
  private static final EngineOptions OPTIONS =
      EngineOptions.defaults().withLinger(Duration.ofMillis(200));
  private static final List<String> LABELS = List.of("w4 w5", "w6", "w7 w8 w9", "w4");

  @TempDir Path model;

  @Test
  void aClassificationGivesEveryLabelItsShareAndChoosesTheLikeliest() throws Exception {
    for (FlamingoConfig config : List.of(RandomModel.TINY, RandomModel.ROTARY)) {
      Description said = describe(config, new Task.Classify(Prompt.plain(), LABELS));
      assertThat(said.labels())
          .extracting(Description.Label::text)
          .containsExactlyInAnyOrderElementsOf(LABELS);
      assertThat(said.labels().stream().mapToDouble(Description.Label::probability).sum())
          .isCloseTo(1, within(1e-6));
      assertThat(said.labels())
          .extracting(Description.Label::logProbability)
          .isSortedAccordingTo((a, b) -> Double.compare(b, a));
      assertThat(said.text()).isEqualTo(said.labels().get(0).text());
      int tokens = said.text().split(" ").length + 1;
      assertThat(said.meanLogProbability())
          .isCloseTo(said.labels().get(0).logProbability() / tokens, within(1e-6));
      assertThat(said.turns()).isEmpty();
    }
  }

  @Test
  void aDialogueAsksEachQuestionAfterTheAnswersBeforeIt() throws Exception {
    Task.Dialogue dialogue = dialogue("w5 w6", "w7", "w8 w9");
    for (FlamingoConfig config : List.of(RandomModel.LEARNED, RandomModel.GROUPED)) {
      Description said = describe(config, dialogue);
      assertThat(said.turns())
          .extracting(Description.Turn::question)
          .containsExactly("about w5 w6", "about w7", "about w8 w9");
      assertThat(said.text())
          .isEqualTo(
              String.join(
                  " / ",
                  said.turns().stream()
                      .map(Description.Turn::answer)
                      .filter(answer -> !answer.isEmpty())
                      .toList()));
      assertThat(said.labels()).isEmpty();
    }
  }

  @Test
  void clipsInABatchAreAnsweredAsTheyAreAlone() throws Exception {
    RandomModel.write(model, RandomModel.ROTARY, StoredType.F32);
    for (Task task : List.of(new Task.Classify(Prompt.plain(), LABELS), dialogue("w5", "w6 w7"))) {
      try (Engine engine = Engine.open(model, OPTIONS);
          Describer describer = engine.describer(task)) {
        List<Description> alone = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          alone.add(describer.describe(clip(2, i)).get());
        }
        List<CompletableFuture<Description>> batch = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          batch.add(describer.describe(clip(2, i)));
        }
        for (int i = 0; i < 3; i++) {
          assertThat(batch.get(i).get().text()).isEqualTo(alone.get(i).text());
          assertThat(batch.get(i).get().turns()).isEqualTo(alone.get(i).turns());
          assertThat(batch.get(i).get().meanLogProbability())
              .isCloseTo(alone.get(i).meanLogProbability(), within(1e-4));
        }
      }
    }
  }

  @Test
  void examplesAreSeenInTheirPlaces() throws Exception {
    String text = "<image> w5 <EOC> <image> w6 <EOC> <image>";
    Prompt one = new Prompt(text, List.of(clip(1, 5), clip(3, 6)));
    Prompt other = new Prompt(text, List.of(clip(3, 6), clip(1, 5)));
    Description first = describe(RandomModel.LEARNED, new Task.Describe(one, DecodingOptions.NONE));
    Description second =
        describe(RandomModel.LEARNED, new Task.Describe(other, DecodingOptions.NONE));
    assertThat(first.meanLogProbability()).isNotEqualTo(second.meanLogProbability());
  }

  @Test
  void aTopologyMayDecodeOtherwiseThanItsModelSays() throws Exception {
    DecodingOptions one = new DecodingOptions(1, null, null, null, null);
    Description said = describe(RandomModel.TINY, new Task.Describe(Prompt.plain(), one));
    assertThat(said.text().split(" ")).hasSizeLessThanOrEqualTo(1);
    DecodingOptions all = new DecodingOptions(7, 6, 2, 0.5, 3);
    assertThat(all.over(Decoding.greedy(3))).isEqualTo(new Decoding(7, 6, 2, 0.5, 3));
    assertThat(DecodingOptions.NONE.over(Decoding.greedy(3))).isEqualTo(Decoding.greedy(3));
  }

  private Description describe(FlamingoConfig config, Task task) throws Exception {
    RandomModel.write(model, config, StoredType.F32);
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(task)) {
      assertThat(describer.model().promptId()).isEqualTo(task.id());
      return describer.describe(clip(2, 1)).get();
    }
  }

  private static Task.Dialogue dialogue(String... texts) {
    return new Task.Dialogue(
        Prompt.plain(),
        Stream.of(texts).map(text -> new Task.Dialogue.Turn("about " + text, " " + text)).toList(),
        DecodingOptions.NONE);
  }

  private static ClipInput clip(int frames, int seed) {
    List<byte[]> images = new ArrayList<>();
    long[] micros = new long[frames];
    for (int i = 0; i < frames; i++) {
      images.add(Pictures.jpeg(seed * 100 + i));
      micros[i] = i * 100_000L;
    }
    return new ClipInput(images, micros);
  }

  @Test
  void whatIsAskedHasAnIdOfItsOwn() {
    Prompt plain = Prompt.plain();
    assertThat(
            List.of(
                Task.plain().id(),
                new Task.Describe(plain, new DecodingOptions(5, null, null, null, null)).id(),
                new Task.Classify(plain, List.of("a", "b")).id(),
                new Task.Classify(plain, List.of("a, b")).id(),
                dialogue("a").id(),
                dialogue("a", "b").id()))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{12}"));
    assertThat(Task.plain().id()).isEqualTo(plain.id());
  }

  @Test
  void labelsThatCannotBeToldApartAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Task.Classify(Prompt.plain(), List.of("car", " car")))
        .withMessage("label 'car' is there twice; remove one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Task.Classify(Prompt.plain(), List.of("car", " ")))
        .withMessage("a label is empty; give it words");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Task.Classify(Prompt.plain(), List.of()))
        .withMessage("there are 0 labels, must be 1 to 1000");
  }
}
