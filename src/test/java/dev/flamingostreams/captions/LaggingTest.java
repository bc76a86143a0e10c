package dev.flamingostreams.captions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaggingTest {
  private static final Lagging THIN =
      new Lagging(Duration.ofSeconds(10), 8, 2, Duration.ofMillis(500));

  private FakeDescriber describer = FakeDescriber.holding();

  @Test
  void aTaskThatKeepsUpDescribesEveryClipInFull() {
    describer = new FakeDescriber();
    Stages stages = stages(THIN).frames("cam", frames(0, 6)).rounds(20);

    assertThat(stages.captions).isNotEmpty().extracting(Caption::thinned).containsOnlyNulls();
    assertThat(stages.captions).extracting(Caption::frameCount).containsOnly(16);
  }

  @Test
  void aTaskThatLagsThinsWhatItLaunchesAndLeavesOutWindowsThatOverlap() {
    Stages stages = lagging(stages(THIN));
    describer.answerAll();
    stages.rounds(40);

    assertThat(stages.captions.subList(0, 2)).extracting(Caption::thinned).containsOnlyNulls();
    List<Caption> thinned = stages.captions.subList(2, stages.captions.size());
    assertThat(thinned).isNotEmpty();
    assertThat(thinned).extracting(Caption::thinned).containsOnly(new Caption.Thinned(16, 2));
    assertThat(thinned).extracting(Caption::frameCount).containsOnly(8);
    assertThat(thinned).extracting(Caption::startMicros).allMatch(start -> start % 1_000_000 == 0);
    assertThat(thinned.get(0).frameMicros().get(0)).isEqualTo(thinned.get(0).startMicros());
    assertThat(describer.asked.get(2).captureMicros()).hasSize(8);
    assertThat(stages.deadLetters).hasSize(stages.clips.size() - stages.captions.size());
    assertThat(stages.refusals()).allMatch(refusal -> refusal.endsWith(" lagging"));
  }

  @Test
  void everyClipEndsOnceInItsTurnAndNothingIsLeft() {
    Stages stages = lagging(stages(THIN));
    describer.answerAll();
    stages.batch("cam", FrameBatch.end()).rounds(40);

    assertThat(stages.sent())
        .containsExactlyElementsOf(stages.clips.stream().map(Clip::id).toList());
    assertThat(stages.captionsLedger.of(CaptionsStage.LAGGING))
        .isEqualTo(stages.deadLetters.size())
        .isPositive();
    assertThat(stages.captionsLedger.open()).isZero();
    assertThat(stages.storedFrames()).isZero();
    assertThat(stages.storedClips()).isZero();
  }

  @Test
  void aRestartRepeatsWhatWasDecided() {
    Stages stages = lagging(stages(THIN));
    describer.answer(0);
    describer.answer(1);
    stages.rounds(3);
    assertThat(describer.asked.get(2).captureMicros()).as("in flight, thinned").hasSize(8);
    long refused = stages.captionsLedger.of(CaptionsStage.LAGGING);

    describer.answerAll();
    stages.crash().within(limits(Lagging.DEFAULT)).rounds(60);

    assertThat(stages.captions.get(2).thinned()).isEqualTo(new Caption.Thinned(16, 2));
    assertThat(stages.captions.get(2).frameCount()).isEqualTo(8);
    assertThat(stages.captions.get(stages.captions.size() - 1).thinned()).isNull();
    assertThat((long) stages.deadLetters.size()).isGreaterThanOrEqualTo(refused).isPositive();
    assertThat(stages.sent())
        .containsExactlyElementsOf(stages.clips.stream().map(Clip::id).toList());
  }

  @Test
  void onceItHasCaughtUpClipsAreDescribedInFullAgain() {
    Stages stages = lagging(stages(THIN));
    describer.answerAll();
    stages.rounds(40);
    int before = stages.captions.size();
    stages.frames("cam", frames(6, 12)).rounds(40);

    assertThat(stages.captions.subList(before, stages.captions.size()))
        .isNotEmpty()
        .extracting(Caption::thinned)
        .containsOnlyNulls();
  }

  @Test
  void byDefaultNothingIsLeftOut() {
    Stages stages = lagging(stages(Lagging.DEFAULT));
    describer.answerAll();
    stages.rounds(40);

    assertThat(stages.captions).hasSameSizeAs(stages.clips);
    assertThat(stages.captions).extracting(Caption::thinned).containsOnlyNulls();
  }

  @Test
  void aTaskHasCaughtUpBelowHalfOfTheTime() {
    Lag lag = new Lag(THIN);
    assertThat(
            LongStream.of(10_000, 10_001, 5_000, 4_999, 9_000, 10_001)
                .mapToObj(
                    waited -> {
                      lag.observe(waited);
                      return lag.isLagging();
                    }))
        .containsExactly(false, true, true, false, false, true);
  }

  @Test
  void framesAreChosenEvenlyFirstAndLastAmongThem() {
    assertThat(new Thinning(8, 1).times(clip(0, 16)))
        .containsExactly(0L, 2L, 4L, 6L, 9L, 11L, 13L, 15L);
    assertThat(new Thinning(8, 1).times(clip(0, 8))).hasSize(8);
    assertThat(THIN.thinning(clip(0, 5))).isEqualTo(new Thinning(5, 2));
    assertThat(Lagging.DEFAULT.thinning(clip(0, 30))).isNull();
  }

  @Test
  void everySecondWindowSurvivesWhereverASessionStarts() {
    for (long anchor : new long[] {-7_300_000, -1, 0, 123_456, 500_000}) {
      assertThat(
              LongStream.range(0, 8)
                  .mapToObj(window -> THIN.leavesOut(clip(anchor + window * 500_000, 8)))
                  .distinct())
          .hasSize(2);
      assertThat(THIN.leavesOut(clip(anchor, 8)))
          .isNotEqualTo(THIN.leavesOut(clip(anchor + 500_000, 8)))
          .isEqualTo(THIN.leavesOut(clip(anchor + 1_000_000, 8)));
    }
  }

  @Test
  void fewerFramesThanTheModelsLearntOnAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lagging(Duration.ofSeconds(1), 7, 1, Duration.ZERO))
        .withMessage("frames 7 must be from 8 to 30");
  }

  /** Ten windows or so, two of them with the model for longer than is good. */
  private static Stages lagging(Stages stages) {
    return stages.frames("cam", frames(0, 6)).rounds(4).waitMillis(11_000).round();
  }

  private Stages stages(Lagging lagging) {
    ClipRules rules =
        new ClipRules(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            16,
            8,
            30,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Align.ANCHOR,
            Duration.ZERO);
    return new Stages(rules, limits(lagging), describer);
  }

  private static CaptionLimits limits(Lagging lagging) {
    return new CaptionLimits(
        100,
        2,
        1 << 20,
        Overload.WAIT,
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMinutes(1),
        lagging,
        Unchanged.DEFAULT);
  }

  /** Sixteen frames a second, in milliseconds. */
  private static long[] frames(int from, int to) {
    return LongStream.range(from * 16L, to * 16L).map(i -> i * 125 / 2).toArray();
  }

  private static Clip clip(long start, int frames) {
    return new Clip(
        "id",
        "cam",
        0,
        start,
        start + 1_000_000,
        LongStream.range(0, frames).boxed().toList(),
        false);
  }
}
