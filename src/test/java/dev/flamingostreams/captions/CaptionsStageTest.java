package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaptionsStageTest {
  private static final CaptionLimits LIMITS = limits(100, 100, Overload.WAIT);
  private static final FrameBatch END = FrameBatch.end();

  private FakeDescriber describer = new FakeDescriber();

  @Test
  void aClipIsDescribedFromItsImagesAndItsTimes() {
    Stages stages = stages(1_000, LIMITS).frames("cam", 0, 250, 500, 750).batch("cam", END);
    stages.rounds(3);

    ClipInput input = describer.asked.get(0);
    assertThat(input.captureMicros()).containsExactly(0, 250_000, 500_000, 750_000);
    assertThat(input.images())
        .containsExactly(Stages.image(0), Stages.image(250), Stages.image(500), Stages.image(750));
    assertThat(stages.captions)
        .containsExactly(
            new Caption(
                "cam",
                stages.clips.get(0).id(),
                0,
                1_000_000,
                4,
                List.of(0L, 250_000L, 500_000L, 750_000L),
                "from 0",
                -0.1,
                false,
                "fake",
                "00",
                "p",
                "none",
                new Caption.Timing(1, 2, 3),
                false));
  }

  @Test
  void nothingIsLeftInTheStoresWhenAllIsDescribed() {
    Stages stages = stages(500, LIMITS).frames("cam", seconds(4)).batch("cam", END).rounds(4);

    assertThat(stages.captions).hasSameSizeAs(stages.clips).hasSize(8);
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.storedClips()).isZero();
    assertThat(stages.clipsLedger.open()).isZero();
    assertThat(stages.captionsLedger.open()).isZero();
    assertThat(stages.captionsLedger.in()).isEqualTo(8);
  }

  @Test
  void aFrameOfOverlappingWindowsStaysUntilTheLastIsDescribed() {
    describer = FakeDescriber.holding();
    Stages stages = stages(500, LIMITS).frames("cam", seconds(2)).rounds(3);
    assertThat(stages.clips).hasSize(2);

    describer.answer(0);
    stages.rounds(2);
    assertThat(stages.captions).hasSize(1);
    assertThat(stages.storedFrames()).isEqualTo(6);

    describer.answerAll();
    stages.batch("cam", END).rounds(4);
    assertThat(stages.captions).hasSize(4);
    assertThat(stages.storedFrames()).isZero();
  }

  @Test
  void aRecordThatClosesSeveralWindowsLeavesEachItsFrames() {
    ClipRules rules =
        new ClipRules(
            Duration.ofSeconds(4),
            Duration.ofMillis(750),
            2,
            4,
            30,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Align.ANCHOR,
            Duration.ZERO);
    Stages stages = new Stages(rules, LIMITS, describer);
    stages.frames("cam", LongStream.range(0, 20).map(i -> i * 250).toArray()).rounds(4);
    assertThat(stages.captions).hasSize(1);

    stages.batch("cam", END).rounds(4);
    assertThat(stages.clips).hasSizeGreaterThan(3);
    assertThat(stages.refusals()).isEmpty();
    assertThat(stages.captions).hasSameSizeAs(stages.clips);
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.storedClips()).isZero();
  }

  @Test
  void nothingIsSubmittedBeforeItsAttemptIsCommitted() {
    Stages stages = stages(1_000, LIMITS).frames("cam", 0, 250, 500).batch("cam", END);
    stages.punctuate();
    assertThat(describer.asked).isEmpty();

    stages.crash().rounds(3);
    assertThat(describer.asked).hasSize(1);
    assertThat(stages.captions).hasSize(1);
  }

  @Test
  void captionsOfAStreamLeaveInOrderAndDoNotWaitForOtherStreams() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS);
    stages.frames("a", seconds(2)).batch("a", END).frames("b", seconds(1)).batch("b", END);
    stages.rounds(3);

    describer.answer(1);
    describer.answer(2);
    stages.round();
    assertThat(stages.captions).extracting(Caption::stream).containsExactly("b");

    describer.answer(0);
    stages.round();
    assertThat(stages.captions).extracting(Caption::stream).containsExactly("b", "a", "a");
    assertThat(stages.captions)
        .extracting(Caption::startMicros)
        .containsExactly(0L, 0L, 1_000_000L);
  }

  @Test
  void captionsOfEachStreamLeaveInOrderWhateverTheOrderTheyAreFinishedIn() {
    describer = FakeDescriber.holding();
    Stages stages = stages(500, LIMITS);
    List<String> streams = List.of("a", "b", "c");
    streams.forEach(stream -> stages.frames(stream, seconds(4)).batch(stream, END));
    stages.rounds(3);
    List<Integer> calls =
        new ArrayList<>(IntStream.range(0, describer.asked.size()).boxed().toList());
    Collections.shuffle(calls, new Random(7));

    for (int call : calls) {
      describer.answer(call);
      stages.round();
    }

    for (String stream : streams) {
      assertThat(stages.captions.stream().filter(caption -> caption.stream().equals(stream)))
          .extracting(Caption::clip)
          .containsExactlyElementsOf(
              stages.clips.stream()
                  .filter(clip -> clip.stream().equals(stream))
                  .map(Clip::id)
                  .toList())
          .hasSize(8);
    }
  }

  @Test
  void framesThatAClipWillShowAreHandedOnBeforeIt() {
    Stages stages = stages(1_000, LIMITS).frames("cam", 0, 100, 200, 260, 300, 500).rounds(2);

    assertThat(describer.prepared).containsExactly(Stages.image(0), Stages.image(260));
    assertThat(stages.clips).isEmpty();
  }

  @Test
  void aFrameIsHandedOnOnlyOnceItIsCommittedThatItWasForeseenAndNeverAgain() {
    Stages stages = stages(500, LIMITS).frames("cam", 0, 250, 500);
    stages.punctuate();
    stages.crash();
    stages.punctuate();
    assertThat(describer.prepared).isEmpty();

    stages.rounds(2);
    assertThat(describer.prepared).hasSize(2);

    stages.crash().rounds(3);
    stages.frames("cam", 750).rounds(3);
    assertThat(describer.prepared)
        .containsExactly(Stages.image(0), Stages.image(250), Stages.image(500));
  }

  @Test
  void aFailedClipIsDeadLetteredWithItsReasonAndItsNeighboursAreNotTouched() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(3)).batch("cam", END).rounds(3);

    describer
        .held
        .get(1)
        .completeExceptionally(new ClipException(ClipException.Reason.UNDECODABLE, "bad frame 3"));
    describer.answer(0);
    describer.answer(2);
    stages.round();

    assertThat(stages.captions).extracting(Caption::startMicros).containsExactly(0L, 2_000_000L);
    assertThat(stages.reason(0)).isEqualTo("undecodable");
    assertThat(Stages.header(stages.deadLetters.get(0), DeadLetter.CLIP))
        .isEqualTo(stages.clips.get(1).id());
    assertThat(new String((byte[]) stages.deadLetters.get(0).value(), UTF_8))
        .contains(stages.clips.get(1).id());
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.captionsLedger.of(CaptionsStage.DEAD_LETTERED)).isEqualTo(1);
  }

  @Test
  void aClipThatIsNeverAnsweredIsGivenUp() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(1)).batch("cam", END).rounds(3);

    stages.waitMillis(60_001);
    stages.round();

    assertThat(stages.reason(0)).isEqualTo("timeout");
    assertThat(stages.storedClips()).isZero();
  }

  @Test
  void anAnswerThatIsThereIsNotGivenUpHoweverLate() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(1)).batch("cam", END).rounds(3);

    describer.answer(0);
    stages.waitMillis(60_001);
    stages.round();

    assertThat(stages.captions).hasSize(1);
    assertThat(stages.deadLetters).isEmpty();
  }

  @Test
  void whatIsPendingIsSubmittedAgainAfterARestart() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(3)).batch("cam", END).rounds(3);
    describer.answer(0);
    stages.round();

    describer.answerAll();
    stages.crash().rounds(12);

    assertThat(stages.captionIds())
        .containsExactlyElementsOf(stages.clips.stream().map(Clip::id).toList());
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.captionsLedger.open()).isZero();
  }

  @Test
  void aClipInFlightIsNotToBlameIfTheProcessWasToldToStop() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(3)).batch("cam", END).rounds(3);
    for (int stops = 0; stops < 3; stops++) {
      assertThat(describer.asked).hasSize(3 * (stops + 1));
      stages.stopInGoodOrder().rounds(3);
    }

    describer.answerAll();
    stages.rounds(4);
    assertThat(stages.captions).hasSize(3);
    assertThat(stages.deadLetters).isEmpty();
    assertThat(stages.captionsLedger.open()).isZero();
  }

  @Test
  void aCaptionThatWasNotCommittedIsMadeAgain() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(1)).batch("cam", END).rounds(3);
    describer.answerAll();
    stages.punctuate();
    assertThat(stages.captions).hasSize(1);

    stages.crash();
    assertThat(stages.captions).isEmpty();
    stages.rounds(4);
    assertThat(stages.captions).hasSize(1);
  }

  @Test
  void aClipThatEndedTheProcessTwiceIsDeadLetteredAndItsNeighboursAreDescribed() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(3)).batch("cam", END).rounds(3);
    assertThat(describer.asked).as("first start, all in flight").hasSize(3);

    stages.crash().rounds(5);
    assertThat(describer.asked).as("second start, the suspects one by one").hasSize(4);

    stages.crash().rounds(5);
    assertThat(stages.reason(0)).isEqualTo("crash");
    assertThat(Stages.header(stages.deadLetters.get(0), DeadLetter.CLIP))
        .isEqualTo(stages.clips.get(0).id());

    describer.answerAll();
    stages.rounds(12);
    assertThat(stages.captions)
        .extracting(Caption::startMicros)
        .containsExactly(1_000_000L, 2_000_000L);
    assertThat(stages.deadLetters).hasSize(1);
  }

  @Test
  void aTaskThatMovesWithinTheProcessIsNoCrash() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, LIMITS).frames("cam", seconds(1)).batch("cam", END).rounds(3);

    stages.restart().rounds(3).restart().rounds(3).restart().rounds(3);

    assertThat(stages.deadLetters).isEmpty();
    assertThat(describer.asked).hasSize(4);
  }

  @Test
  void whenToldToSkipAnOverloadedStageDeadLettersClipsInTheirTurn() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, limits(2, 2, Overload.SKIP));
    stages.frames("cam", seconds(5)).batch("cam", END).rounds(3);
    assertThat(stages.deadLetters).isEmpty();
    describer.answer(0);
    stages.round().frames("b", seconds(1)).batch("b", END).rounds(3);

    describer.answerAll();
    stages.crash().rounds(8);
    assertThat(stages.sent())
        .containsExactlyInAnyOrderElementsOf(stages.clips.stream().map(Clip::id).toList());
    assertThat(stages.captions).extracting(Caption::stream).containsOnlyOnce("b");
    assertThat(stages.refusals())
        .containsExactlyElementsOf(
            stages.clips.subList(2, 5).stream().map(clip -> clip.id() + " overloaded").toList());
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.storedClips()).isZero();
    assertThat(stages.captionsLedger.of(CaptionsStage.OVERLOADED)).isEqualTo(3);
    assertThat(stages.captionsLedger.open()).isZero();
  }

  @Test
  void whenToldToWaitAnOverloadedStageKeepsEveryClip() {
    describer = FakeDescriber.holding();
    Stages stages = stages(1_000, limits(2, 2, Overload.WAIT));
    stages.frames("cam", seconds(4)).rounds(3).frames("cam", later(4, 8)).batch("cam", END);
    assertThat(describer.asked).hasSize(2);

    describer.answerAll();
    stages.rounds(20);
    assertThat(stages.captionIds())
        .containsExactlyElementsOf(stages.clips.stream().map(Clip::id).toList())
        .hasSize(8);
    assertThat(stages.captionsLedger.of(CaptionsStage.OVERLOADED)).isZero();
  }

  @Test
  void imagesInFlightAreBoundedInBytes() {
    describer = FakeDescriber.holding();
    CaptionLimits small =
        new CaptionLimits(
            100,
            100,
            1,
            Overload.WAIT,
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMinutes(1));
    Stages stages = stages(1_000, small).frames("cam", seconds(3)).batch("cam", END).rounds(4);
    assertThat(describer.asked).hasSize(1);

    describer.answer(0);
    stages.round();
    assertThat(describer.asked).hasSize(2);
  }

  static Stages stages(long hop, CaptionLimits limits, FakeDescriber describer) {
    return new Stages(rules(hop), limits, describer);
  }

  private Stages stages(long hop, CaptionLimits limits) {
    return stages(hop, limits, describer);
  }

  /** Windows of 1 s, 4 points, at least 2 frames, 100 ms grace, 2 s gap. */
  static ClipRules rules(long hop) {
    return new ClipRules(
        Duration.ofSeconds(1),
        Duration.ofMillis(hop),
        4,
        2,
        30,
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Align.ANCHOR,
        Duration.ZERO);
  }

  /** Four frames a second. */
  static long[] seconds(int seconds) {
    return later(0, seconds);
  }

  static long[] later(int from, int to) {
    return LongStream.range(from * 4L, to * 4L).map(i -> i * 250).toArray();
  }

  private static CaptionLimits limits(int pending, int inFlight, Overload overload) {
    return new CaptionLimits(
        pending,
        inFlight,
        1 << 20,
        overload,
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMinutes(1));
  }
}
