package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.captions.Unchanged.Then;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnchangedTest {
  private static final FrameBatch END = FrameBatch.end();

  private FakeDescriber describer = new FakeDescriber().looking(UnchangedTest::look);

  @Test
  void aClipThatLooksAsTheLastDescribedOneRepeatsItsCaption() {
    Stages stages = play(Then.REPEAT, 6);

    assertThat(stages.captions)
        .extracting(Caption::text)
        .containsExactly(
            "from 0", "from 0", "from 2000000", "from 2000000", "from 4000000", "from 4000000");
    assertThat(stages.captions)
        .extracting(Caption::unchangedSince)
        .containsExactly(
            null,
            stages.clips.get(0).id(),
            null,
            stages.clips.get(2).id(),
            null,
            stages.clips.get(4).id());
    Caption repeated = stages.captions.get(1);
    assertThat(repeated.startMicros()).isEqualTo(1_000_000);
    assertThat(repeated.frameMicros()).isEqualTo(stages.clips.get(1).frameMicros());
    assertThat(repeated.timing()).isEqualTo(new Caption.Timing(1, 2, 0));
    assertThat(stages.captionsLedger.of(CaptionsStage.CAPTIONED)).isEqualTo(6);
    assertThat(stages.captionsLedger.open()).isZero();
  }

  @Test
  void orItIsLeftOutAndCounted() {
    Stages stages = play(Then.OMIT, 6);

    assertThat(stages.captions)
        .extracting(Caption::text)
        .containsExactly("from 0", "from 2000000", "from 4000000");
    assertThat(stages.captions).extracting(Caption::unchangedSince).containsOnlyNulls();
    assertThat(stages.deadLetters).isEmpty();
    assertThat(stages.captionsLedger.of(CaptionsStage.UNCHANGED)).isEqualTo(3);
    assertThat(stages.captionsLedger.open()).isZero();
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.storedClips()).isZero();
  }

  @Test
  void whatChangesSlowlyIsDescribedOnceItHasChangedEnough() {
    describer.looking(micros -> 100 - 8 * (micros / 1_000_000));
    Stages stages = play(Then.OMIT, 6);

    assertThat(stages.captions)
        .extracting(Caption::startMicros)
        .containsExactly(0L, 2_000_000L, 4_000_000L);
  }

  @Test
  void byDefaultNothingIsCompared() {
    Stages stages = play(Then.DESCRIBE, 4);

    assertThat(stages.captions).extracting(Caption::text).doesNotHaveDuplicates().hasSize(4);
    assertThat(stage(Then.DESCRIBE).stores()).hasSize(3);
    assertThat(stage(Then.OMIT).stores()).hasSize(4);
  }

  @Test
  void oneClipOfAStreamIsDescribedAtATimeAndStreamsDoNotWaitForEachOther() {
    describer = FakeDescriber.holding().looking(UnchangedTest::look);
    Stages stages = stages(Then.REPEAT);
    stages.frames("a", CaptionsStageTest.seconds(3)).batch("a", END);
    stages.frames("b", CaptionsStageTest.seconds(3)).batch("b", END).rounds(4);
    assertThat(describer.asked).hasSize(2);

    describer.answer(1);
    stages.rounds(3);
    assertThat(stages.captions).extracting(Caption::stream).containsExactly("b");
    assertThat(describer.asked).hasSize(3);
  }

  @Test
  void restartsDoNotChangeWhatIsRepeated() {
    List<Caption> expected = play(Then.REPEAT, 8).captions;

    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      describer = new FakeDescriber().looking(UnchangedTest::look);
      Stages stages = stages(Then.REPEAT).frames("cam", CaptionsStageTest.seconds(8));
      stages.batch("cam", END);
      for (int i = 0; i < 40; i++) {
        stages.punctuate();
        switch (random.nextInt(3)) {
          case 0 -> stages.restart();
          case 1 -> stages.round();
          default -> stages.rounds(2);
        }
      }
      assertThat(stages.rounds(40).captions).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void anotherRunOfTheStreamBeginsAnew() {
    Stages stages = play(Then.REPEAT, 2);
    stages.frames("cam", CaptionsStageTest.later(4, 6)).batch("cam", END).rounds(12);

    assertThat(stages.captions)
        .extracting(caption -> caption.unchangedSince() == null)
        .containsExactly(true, false, true, false);
  }

  @Test
  void whatAnotherPromptWasAnsweredIsNotRepeated() {
    Stages stages = stages(Then.REPEAT).frames("cam", CaptionsStageTest.seconds(3)).rounds(12);
    assertThat(stages.captions).hasSize(2);
    stages.by(new FakeDescriber().looking(micros -> 100).prompted("q"));
    stages.frames("cam", CaptionsStageTest.later(3, 5)).batch("cam", END).rounds(12);

    assertThat(stages.captions)
        .extracting(caption -> caption.unchangedSince() == null)
        .containsExactly(true, false, true, false, false);
    assertThat(stages.captions.get(3).prompt()).isEqualTo("q");
  }

  @Test
  void aDistanceThatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Unchanged(Then.OMIT, 0))
        .withMessage("within 0.0 must be above 0 and at most 2");
  }

  /** The third and the fourth second look alike, and unlike the others. */
  private static long look(long micros) {
    return micros >= 2_000_000 && micros < 4_000_000 ? 50 : 100 + micros / 1_000_000 % 2;
  }

  private Stages play(Then then, int seconds) {
    Stages stages = stages(then).frames("cam", CaptionsStageTest.seconds(seconds));
    return stages.batch("cam", END).rounds(4 * seconds);
  }

  private Stages stages(Then then) {
    return new Stages(CaptionsStageTest.rules(1_000), limits(then), describer);
  }

  private CaptionsStage stage(Then then) {
    FrameStore store = new FrameStore("t", true, 1_000_000, Duration.ofSeconds(10));
    return new CaptionsStage(
        "t",
        () -> describer,
        limits(then),
        store,
        "out",
        "dead",
        new Landing(),
        CaptionsStage.ledger());
  }

  private static CaptionLimits limits(Then then) {
    return new CaptionLimits(
        100,
        100,
        1 << 20,
        Overload.WAIT,
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMinutes(1),
        Lagging.DEFAULT,
        new Unchanged(then, Unchanged.WITHIN));
  }
}
