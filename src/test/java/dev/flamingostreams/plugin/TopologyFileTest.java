package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flamingostreams.alerts.AlertRule;
import dev.flamingostreams.alerts.Severity;
import dev.flamingostreams.captions.CaptionLimits;
import dev.flamingostreams.captions.Lagging;
import dev.flamingostreams.captions.Unchanged;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.Processor;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyFileTest {
  @TempDir Path directory;

  @Test
  void everyKeyHasTheDefaultThatTheDocumentationGives() throws IOException {
    TopologyFile file = read("name: yard");

    assertThat(file.name()).isEqualTo("yard");
    assertThat(file.applicationId()).isEqualTo("flamingo-yard");
    assertThat(file.input())
        .isEqualTo(new TopologyFile.Input("frames", StreamFilter.all(), 1_048_576));
    assertThat(file.clips())
        .isEqualTo(
            new ClipRules(
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                4,
                8,
                30,
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                ClipRules.Align.ANCHOR,
                Duration.ZERO));
    assertThat(file.framesInMemory()).isFalse();
    assertThat(file.model()).isEqualTo("default");
    assertThat(file.engine()).isEqualTo(EnginePlan.OPEN);
    assertThat(file.task()).isEqualTo(TaskPlan.captioning());
    assertThat(file.limits()).isEqualTo(CaptionLimits.of(CaptionLimits.Overload.WAIT));
    assertThat(file.outputs())
        .isEqualTo(new TopologyFile.Outputs("captions", "alerts", "dead-letters"));
    assertThat(file.rules()).isEmpty();
  }

  @Test
  void aRuleHasTheDefaultsThatTheDocumentationGives() throws IOException {
    AlertRule rule = read("name: yard\nalerts:\n- {name: car, query: car}").rules().get(0);

    assertThat(rule)
        .isEqualTo(
            new AlertRule(
                "car",
                "car",
                Severity.WARNING,
                Duration.ofSeconds(30),
                1,
                false,
                StreamFilter.all()));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    TopologyFile file =
        read(
            """
            name: yard
            application-id: my-app
            input: {topic: pictures, streams: [a, b*], max-bytes: 2MB}
            clips:
              length: 12s
              hop: 6s
              rate: 1/s
              min-frames: 3
              max-frames: 9
              grace: 1s
              session-gap: 20s
              align: epoch
              flush: 5s
              max-buffered: 64MB
              store: memory
            model: models/mine
            engine: tensorrt
            device: cuda:1
            prompt: "A camera. <image>"
            captions:
              max-pending: 7
              max-in-flight: 5
              overload: skip
              give-up-after: 1m
              lagging: {after: 20s, frames: 12, hop: 2}
              unchanged: repeat
              unchanged-within: 0.2
            outputs: {captions: c, alerts: a, dead-letters: d}
            alerts:
            - {name: r, query: car, severity: critical, cooldown: 1h, for: 3, unsure: true, streams: a}
            """);

    assertThat(file.applicationId()).isEqualTo("my-app");
    assertThat(file.input())
        .isEqualTo(
            new TopologyFile.Input("pictures", new StreamFilter(List.of("a", "b*")), 2 << 20));
    assertThat(file.clips())
        .isEqualTo(
            new ClipRules(
                Duration.ofSeconds(12),
                Duration.ofSeconds(6),
                1,
                3,
                9,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                ClipRules.Align.EPOCH,
                Duration.ofSeconds(5),
                64 << 20));
    assertThat(file.framesInMemory()).isTrue();
    assertThat(file.model()).isEqualTo("models/mine");
    assertThat(file.engine())
        .isEqualTo(new EnginePlan(EngineKind.TENSORRT, new Processor(Processor.Kind.CUDA, 1)));
    assertThat(file.task().prompt()).isEqualTo("A camera. <image>");
    assertThat(file.limits().maxPending()).isEqualTo(7);
    assertThat(file.limits().maxInFlight()).isEqualTo(5);
    assertThat(file.limits().overload()).isEqualTo(CaptionLimits.Overload.SKIP);
    assertThat(file.limits().giveUpAfter()).isEqualTo(Duration.ofMinutes(1));
    assertThat(file.limits().lagging())
        .isEqualTo(new Lagging(Duration.ofSeconds(20), 12, 2, Duration.ofSeconds(6)));
    assertThat(file.limits().unchanged()).isEqualTo(new Unchanged(Unchanged.Then.REPEAT, 0.2));
    assertThat(file.outputs()).isEqualTo(new TopologyFile.Outputs("c", "a", "d"));
    assertThat(file.rules())
        .containsExactly(
            new AlertRule(
                "r",
                "car",
                Severity.CRITICAL,
                Duration.ofHours(1),
                3,
                true,
                new StreamFilter(List.of("a"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scenes", "entrance", "captioning", "questions", "classification", "dialogue"})
  void theUseCasesOfTheProjectAreValid(String useCase) {
    TopologyFile file = TopologyFile.read(Path.of("topologies", useCase));

    assertThat(file.name()).isEqualTo(useCase);
    assertThat(file.rules()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"captioning/few-shot.yaml", "questions/scenes.yaml", "classification/yes-no.yaml"})
  void theirVariantsAreValid(String variant) {
    TopologyFile file = TopologyFile.read(Path.of("topologies", variant));

    assertThat(file.name()).isEqualTo(variant.replace('/', '-').replace(".yaml", ""));
  }

  @Test
  void aQuestionMayBeAnsweredByTheLikelierOfTwoLabels() throws IOException {
    TopologyFile file =
        read(
            """
            name: yard
            task: classification
            prompt: "<image>Question:Is there a person? Short answer:"
            labels: [yes, no]
            """);

    assertThat(file.task().task(List.of()))
        .isEqualTo(
            new Task.Classify(
                new Prompt("<image>Question:Is there a person? Short answer:", List.of()),
                List.of("yes", "no")));
  }

  @Test
  void aMisspeltKeyIsRefusedWithTheRightOne() {
    assertProblems(
        "name: yard\nclips:\n  lenght: 3s",
        "3: clips.lenght: is not a key; did you mean 'length'?");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheKnownOnes() {
    assertProblems(
        "name: yard\noutputs:\n  webhook: x",
        "3: outputs.webhook: is not a key; the keys here are captions, alerts, dead-letters");
  }

  @Test
  void everyProblemIsReportedAtOnceInTheOrderOfTheFile() {
    assertProblems(
        """
        name: yard
        clips:
          length: 3
          rate: 0fps
        alerts:
        - name: car
          query: (red car
          severity: urgent
        """,
        "3: clips.length: '3' has no unit; write 3s or 3ms",
        "4: clips.rate: '0fps' must be above 0; write it like 4/s",
        "7: alerts[0].query: query '(red car' does not parse: it ends too early; close what is open",
        "8: alerts[0].severity: 'urgent' is not one of info, warning, critical");
  }

  @Test
  void moreLeastFramesThanMostAreRefused() {
    assertProblems(
        "name: yard\nclips:\n  min-frames: 12\n  max-frames: 10",
        "3: clips.min-frames: 12 is more than max-frames 10; lower it or raise max-frames");
  }

  @Test
  void moreFramesThanTheModelTakesAreRefused() {
    assertProblems(
        "name: yard\nclips:\n  max-frames: 31",
        "3: clips.max-frames: 31 is not a whole number from 1 to 30");
  }

  @Test
  void lessRoomForImagesThanARecordMayNeedIsRefused() {
    assertProblems(
        "name: yard\ninput: {max-bytes: 2MB}\nclips:\n  max-buffered: 1MB",
        "4: clips.max-buffered: 1048576 bytes are less than one record of input.max-bytes,"
            + " 2097152, may have; raise it");
    assertProblems(
        "name: yard\nclips:\n  max-buffered: 64",
        "3: clips.max-buffered: '64' has no unit; write 64KB or 64MB");
  }

  @Test
  void aRateTooLowForTheLeastFramesIsRefused() {
    assertProblems(
        "name: yard\nclips:\n  rate: 1/s",
        "3: clips: a window of 4s at 1.0 frames a second holds 4 frames, less than min-frames 8;"
            + " raise length or rate");
  }

  @Test
  void aTopologyThatLagsLeavesNoGapsBetweenWindows() {
    assertProblems(
        "name: yard\ncaptions:\n  lagging: {hop: 2}",
        "3: captions.lagging.hop: no two windows overlap by half; set it to 1, or clips.hop to half"
            + " of clips.length");
    assertProblems(
        "name: yard\nclips: {hop: 2s}\ncaptions:\n  lagging: {hop: 3}",
        "4: captions.lagging.hop: 3 leaves gaps between windows; set it to 2 or less");
    assertProblems(
        "name: yard\ncaptions:\n  lagging: {after: 0s, frames: 7}",
        "3: captions.lagging.after: '0s' must be at least 1ms",
        "3: captions.lagging.frames: 7 is not a whole number from 8 to 30");
  }

  @Test
  void whatBecomesOfUnchangedClipsIsOneOfThree() {
    assertProblems(
        "name: yard\ncaptions:\n  unchanged: skip\n  unchanged-within: 3",
        "3: captions.unchanged: 'skip' is not one of describe, repeat, omit",
        "4: captions.unchanged-within: '3' is not a number above 0 and at most 2; write it like"
            + " 0.15");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertProblems(
        "name: yard\nmodel: a\nmodel: b", "3: model: is there twice, first on line 2; remove one");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertProblems(
        "model: a\nalerts:\n- name: car",
        "1: name: is missing; give the topology one, such as 'name: scenes'",
        "3: alerts[0].query: is missing; write the words that a caption must have");
  }

  @Test
  void valuesOfTheWrongShapeAreRefused() {
    assertProblems(
        "name: [a]\nclips: 3\nalerts: {name: car}\nmodel:\noutputs: {captions: a b}",
        "1: name: must be one value",
        "2: clips: must hold keys; write 'key: value' lines below it",
        "3: alerts: must be a list; begin each entry with '- '",
        "4: model: has no value; give one or remove the key",
        "5: outputs.captions: 'a b' must be made of the letters, digits, . _ - of a topic only, and"
            + " not be too long");
  }

  @Test
  void anOutputThatIsTheInputIsRefused() {
    assertProblems(
        "name: yard\noutputs: {captions: frames}",
        "2: outputs: topic 'frames' is used twice; input and outputs must differ");
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    assertProblems(
        "name: yard\nalerts:\n- {name: a, query: car}\n- {name: a, query: star}",
        "4: alerts[1].name: two rules are named 'a'; rename one");
  }

  @Test
  void aPromptWithoutAPlaceForTheClipIsRefused() {
    assertProblems(
        "name: yard\nprompt: hello",
        "2: prompt: 'hello' must hold <image> once, where the clip goes");
  }

  @Test
  void aClassificationIsRead() throws IOException {
    TaskPlan plan =
        read("name: yard\ntask: classification\nprompt: 'A yard. <image>Output:'\nlabels: [a, ' b']")
            .task();

    assertThat(plan.kind()).isEqualTo(TaskPlan.Kind.CLASSIFICATION);
    assertThat(plan.labels()).containsExactly("a", " b");
    assertThat(plan.task(List.of()))
        .isEqualTo(
            new Task.Classify(new Prompt("A yard. <image>Output:", List.of()), List.of("a", " b")));
  }

  @Test
  void questionsAreAskedAfterExamplesAndDecodedAsTold() throws IOException {
    Files.write(directory.resolve("a.jpg"), new byte[9]);
    TaskPlan plan =
        read("""
                name: yard
                task: questions
                question: who is it?
                examples:
                - {image: a.jpg, text: a cat}
                - {question: "where?", text: there}
                decoding: {max-tokens: 5, min-tokens: 1, beams: 3, length-penalty: -2.0, no-repeat-ngram: 2}
                """)
            .task();

    assertThat(plan.shown()).hasSize(1);
    ClipInput image = new ClipInput(List.of(new byte[9]), new long[1]);
    assertThat(plan.task(List.of(image)))
        .isEqualTo(
            new Task.Describe(
                new Prompt(
                    """
                    <image>Question:who is it? Short answer:a cat<EOC>
                    Question:where? Short answer:there<EOC>
                    <image>Question:who is it? Short answer:""",
                    List.of(image)),
                new DecodingOptions(5, 1, 3, -2.0, 2)));
  }

  @Test
  void aDialogueAsksOneQuestionAfterTheOther() throws IOException {
    TaskPlan plan =
        read("""
                name: yard
                task: dialogue
                prompt: "A talk.<image>Q: {question} A:"
                turns: ["who?", "why?"]
                """)
            .task();

    assertThat(plan.task(List.of()))
        .isEqualTo(
            new Task.Dialogue(
                new Prompt("A talk.<image>", List.of()),
                List.of(
                    new Task.Dialogue.Turn("who?", "Q: who? A:"),
                    new Task.Dialogue.Turn("why?", "Q: why? A:")),
                DecodingOptions.NONE));
  }

  @Test
  void keysOfAnotherTaskAreRefusedWithTheTaskThatTheyAreOf() {
    assertProblems(
        "name: yard\nlabels: [a]\nturns: [b]\nquestion: c",
        "2: labels: is of task classification only; write 'task: classification' or remove it",
        "3: turns: is of task dialogue only; write 'task: dialogue' or remove it",
        "4: question: is of task questions only; write 'task: questions' or remove it");
    assertProblems(
        "name: yard\ntask: classification\nlabels: [a]\ndecoding: {beams: 3}",
        "4: decoding: is of no use to task classification, which writes nothing; remove it");
  }

  @Test
  void whatIsAskedHasWords() {
    assertProblems(
        "name: yard\ntask: questions\nquestion: ''\nexamples:\n- {question: ' ', text: a}",
        "3: question: is empty; write what is asked",
        "5: examples[0].question: is empty; write what is asked");
    assertProblems(
        "name: yard\ntask: dialogue\nturns: [a, '']", "3: turns: one is empty; give it words");
    assertProblems(
        "name: yard\ntask: classification\nlabels: {a: b}",
        "3: labels: must be a list; begin each entry with '- '");
  }

  @Test
  void aLinkOutOfTheDirectoryIsNoExample(@TempDir Path elsewhere) throws IOException {
    Path image = Files.write(elsewhere.resolve("a.jpg"), new byte[9]);
    Files.createSymbolicLink(directory.resolve("a.jpg"), image);
    Files.createSymbolicLink(directory.resolve("b"), elsewhere);
    assertProblems(
        "name: yard\nexamples:\n- {image: a.jpg, text: a}\n- {image: b/a.jpg, text: a}",
        "3: examples[0].image: 'a.jpg' is a link out of the directory of this file; put the media"
            + " there",
        "4: examples[1].image: 'b/a.jpg' is a link out of the directory of this file; put the media"
            + " there");
    Files.write(directory.resolve("real.jpg"), new byte[9]);
    Files.createSymbolicLink(directory.resolve("c.jpg"), Path.of("real.jpg"));
    assertThat(read("name: yard\nexamples:\n- {image: c.jpg, text: a}").task().shown()).hasSize(1);
  }

  @Test
  void whatATaskNeedsIsNamed() {
    assertProblems(
        "name: yard\ntask: questions", "1: question: is missing; write what is asked of each clip");
    assertProblems(
        "name: yard\ntask: classification", "1: labels: is missing; list the texts to choose from");
    assertProblems(
        "name: yard\ntask: dialogue", "1: turns: is missing; list the questions in their order");
    assertProblems(
        "name: yard\ntask: guessing",
        "2: task: 'guessing' is not one of captioning, questions, classification, dialogue");
  }

  @Test
  void aPromptAsksWhereItsTaskDoes() {
    assertProblems(
        "name: yard\ntask: questions\nquestion: why?\nprompt: '{question}<image>'",
        "4: prompt: '{question}<image>' must hold {question} once, after <image>");
    assertProblems(
        "name: yard\nprompt: '<image>{question}'",
        "2: prompt: '<image>{question}' holds {question}, but task captioning asks none");
  }

  @Test
  void labelsThatCannotBeToldApartAreRefused() {
    assertProblems(
        "name: yard\ntask: classification\nlabels: [car, ' car', ' ', '<image>']",
        "3: labels: one is empty; give it words",
        "3: labels: '<image>' must not hold <image>; it is written for you",
        "3: labels: 'car' is there twice; remove one");
  }

  @Test
  void examplesThatShowNothingOrTooMuchAreRefused() throws IOException {
    Files.write(directory.resolve("a.jpg"), new byte[1]);
    assertProblems(
        """
        name: yard
        examples:
        - clip: none.mp4
          text: a cat
        - image: ../secret.jpg
          text: a dog
        - image: a.jpg
          clip: a.jpg
          text: a <EOC>
        - image: a.jpg
        - {text: a, question: b}
        """,
        "3: examples[0].clip: there is no file 'none.mp4' beside this one; check the path",
        "5: examples[1].image: '../secret.jpg' must be a path below the directory of this file",
        "7: examples[2].image: an example shows a clip or an image; remove one",
        "9: examples[2].text: 'a <EOC>' must not hold <EOC>; it is written for you",
        "10: examples[3].text: is missing; write what the model should say",
        "11: examples[4].question: is not a key; the keys here are text, clip, image");
  }

  @Test
  void decodingOutOfRangeIsRefused() {
    assertProblems(
        """
        name: yard
        decoding:
          max-tokens: 5
          min-tokens: 6
          beams: 65
          length-penalty: 1e3
          no-repeat-ngram: -1
        """,
        "4: decoding.min-tokens: 6 is more than max-tokens 5; lower it or raise max-tokens",
        "5: decoding.beams: 65 is not a whole number from 1 to 64",
        "6: decoding.length-penalty: '1e3' is not a number from -10 to 10",
        "7: decoding.no-repeat-ngram: -1 is not a whole number from 0 to 100");
  }

  @Test
  void textThatIsNotYamlIsRefusedWithItsLine() {
    assertProblems(
        "name: yard\ninput:\n  streams: *",
        "3: is not YAML: a value that begins with * must be in quotes");
    assertProblems(
        "name: yard\ntask: dialogue\nturns: [who?, why?]",
        "3: is not YAML: a text with ? in brackets must be in quotes");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertProblems("", "1: is empty; begin with 'name: ...'");
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
    }

    assertThatThrownBy(() -> read(bomb + "name: yard\nmodel: *a9"))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining(
            "topology.yaml:1: is not YAML: Number of aliases for non-scalar nodes exceeds");
  }

  @Test
  void aFileThatContainsItselfIsRefused() {
    assertProblems(
        "&a\nname: yard\nclips: *a",
        "2: clips.name: is not a key; the keys here are length, hop, rate, min-frames, max-frames,"
            + " grace, session-gap, align, flush, max-buffered, store",
        "3: clips.clips: is not a key; the keys here are length, hop, rate, min-frames, max-frames,"
            + " grace, session-gap, align, flush, max-buffered, store");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("name: " + "[".repeat(1_000)))
        .isInstanceOf(TopologyException.class)
        .hasMessageContaining("is not YAML");
  }

  @Test
  void aFileOfUnreasonableSizeIsRefused() {
    assertProblems("#".repeat(300_000), "1: is larger than 256 KB");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Path file = directory.resolve("topology.yaml");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> TopologyFile.read(file))
        .hasMessage(file + ":1: is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = directory.resolve("none.yaml");

    assertThatThrownBy(() -> TopologyFile.read(file))
        .hasMessage(
            file + ": no such file; give a topology file or a directory with topology.yaml");
  }

  private TopologyFile read(String text) throws IOException {
    Path file = directory.resolve("topology.yaml");
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return TopologyFile.read(file);
  }

  private void assertProblems(String text, String... problems) {
    TopologyException refusal = catchThrowableOfType(TopologyException.class, () -> read(text));
    assertThat(refusal).isNotNull();
    String prefix = directory.resolve("topology.yaml") + ":";
    assertThat(String.valueOf(refusal.getMessage()).lines())
        .containsExactly(List.of(problems).stream().map(prefix::concat).toArray(String[]::new));
  }
}
