package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.captions.CaptionLimits.Overload;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClipsIntoCaptionsTest {
  private static final FrameBatch END = FrameBatch.end();
  private static final CaptionLimits LIMITS = CaptionLimits.of(Overload.WAIT);

  private final Stages stages = stages(CaptionsStageTest.rules(1_000));

  @Test
  void camerasWithDifferentClocksInOnePartitionDoNotDisturbEachOther() {
    long year = 31_536_000_000L;
    for (int i = 0; i < 8; i++) {
      stages.frames("a", i * 250L).frames("b", year + i * 250L);
    }
    assertThat(stages.clips).extracting(Clip::stream).containsExactly("a", "b");

    stages.batch("a", END).batch("b", END).rounds(4);
    assertThat(stages.captions).hasSize(4);
    assertThat(stages.clipsLedger.of(Fate.LATE.label())).isZero();
  }

  @Test
  void aRecordThatIsNoFrameBatchIsDeadLetteredAsItCameAndTheStreamGoesOn() {
    byte[] garbage = {1, 2, 3};
    stages.frames("cam", 0, 250).raw("cam".getBytes(UTF_8), garbage).frames("cam", 500);
    stages.raw(new byte[] {(byte) 0xC3, 0x28}, garbage).batch("cam", END).rounds(3);

    assertThat(stages.captions).extracting(Caption::frameCount).containsExactly(3);
    assertThat(stages.deadLetters).hasSize(2);
    assertThat(stages.deadLetters.get(0).value()).isEqualTo(garbage);
    assertThat(stages.reason(0)).isEqualTo("undecodable");
    assertThat(Stages.header(stages.deadLetters.get(0), DeadLetter.ORIGIN)).isEqualTo("frames-0@7");
    assertThat(Stages.header(stages.deadLetters.get(1), DeadLetter.MESSAGE)).contains("UTF-8");
    assertThat(stages.clipsLedger.of(Fate.UNDECODABLE.label())).isEqualTo(2);
  }

  @Test
  void imagesThatCannotBeDecodedCostThemselvesAndNotTheirBatch() {
    Frame none = new Frame(100_000, new byte[] {0});
    Frame empty = new Frame(200_000, Stages.image(0, 0, 1));
    Frame huge = new Frame(300_000, Stages.image(20_000, 20_000, 1));
    Frame good = new Frame(400_000, Stages.image(400));
    stages.frames("cam", 0).batch("cam", FrameBatch.of(List.of(none, empty, huge, good)));
    stages.batch("cam", END).rounds(3);

    assertThat(stages.captions).extracting(Caption::frameCount).containsExactly(2);
    assertThat(stages.deadLetters).hasSize(3);
    assertThat(Stages.header(stages.deadLetters.get(1), DeadLetter.MESSAGE)).contains("0×0 pixels");
    assertThat(Stages.header(stages.deadLetters.get(2), DeadLetter.MESSAGE))
        .contains("20000×20000 pixels");
    assertThat(Stages.header(stages.deadLetters.get(2), DeadLetter.CAPTURE_MICROS))
        .isEqualTo("300000");
    assertThat(stages.clipsLedger)
        .hasToString(
            "clips: 5 frames = 2 in clips + 0 between samples + 0 late + 0 in short windows"
                + " + 3 undecodable + 0 duplicate + 0 in excess + 0 open");
  }

  @Test
  void aBareImageIsAFrameAtItsRecordsTimestamp() {
    for (int i = 0; i < 4; i++) {
      stages.raw("cam".getBytes(UTF_8), Stages.image(i));
      stages.waitMillis(250);
    }
    stages.batch("cam", END).rounds(3);

    assertThat(stages.captions).extracting(Caption::startMicros).containsExactly(1_000_000_000L);
  }

  @Test
  void anIdleMarkerClosesTheWindowsThatAreDue() {
    stages.frames("cam", CaptionsStageTest.seconds(1));
    assertThat(stages.clips).isEmpty();

    stages.batch("cam", FrameBatch.idleUntil(1_100_000));
    assertThat(stages.clips).hasSize(1);
    assertThat(stages.clips.get(0).flushed()).isFalse();
  }

  @Test
  void batchesCommitsAndRestartsDoNotChangeTheClips() {
    List<Clip> expected =
        stages(CaptionsStageTest.rules(500))
            .frames("cam", CaptionsStageTest.seconds(12))
            .batch("cam", END)
            .clips;

    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Stages other = stages(CaptionsStageTest.rules(500));
      for (int at = 0; at < 48; ) {
        int to = Math.min(48, at + 1 + random.nextInt(6));
        long[] times = new long[to - at];
        for (int i = 0; i < times.length; i++) {
          times[i] = (at + i) * 250L;
        }
        other.frames("cam", times);
        at = to;
        switch (random.nextInt(4)) {
          case 0 -> other.restart();
          case 1 -> other.round();
          default -> {}
        }
      }
      other.batch("cam", END).rounds(80);

      assertThat(other.clips).as("seed %d", seed).isEqualTo(expected);
      assertThat(other.captionIds())
          .containsExactlyElementsOf(expected.stream().map(Clip::id).toList());
      assertThat(other.storedFrames()).isZero();
      assertThat(other.storedClips()).isZero();
    }
  }

  @Test
  void otherRulesCloseTheWindowsOfTheRulesBefore() {
    stages.frames("cam", 0, 250, 500).round();

    ClipRules longer = ClipRules.of(Duration.ofSeconds(4), 2);
    stages.under(longer).frames("cam", 750, 1_000, 1_500).rounds(3);

    assertThat(stages.clips).hasSize(1);
    assertThat(stages.clips.get(0).frameMicros()).containsExactly(0L, 250_000L, 500_000L);
    assertThat(stages.clips.get(0).id()).endsWith(CaptionsStageTest.rules(1_000).hash());
    assertThat(stages.captions).hasSize(1);
    assertThat(stages.storedFrames()).as("those of the new rules").isEqualTo(3);
  }

  @Test
  void aSilentStreamIsFlushedByTheWallClockOnlyIfToldTo() {
    Stages flushing = stages(flushing(Duration.ofSeconds(5)));
    for (Stages each : List.of(stages, flushing)) {
      each.frames("cam", CaptionsStageTest.seconds(1)).round();
      each.waitMillis(4_800);
      each.round();
      assertThat(each.clips).isEmpty();
      each.waitMillis(200);
      each.rounds(3);
    }

    assertThat(stages.captions).isEmpty();
    assertThat(flushing.captions).extracting(Caption::flushed).containsExactly(true);
    assertThat(flushing.storedFrames()).isZero();
  }

  @Test
  void theWallClockDoesNotCountWhileOldRecordsAreStillCaughtUpWith() {
    Stages flushing = stages(flushing(Duration.ofSeconds(5)));
    flushing.behindBy(-1_000_000_000);
    flushing.frames("silent", CaptionsStageTest.seconds(1));
    flushing.behindBy(60_000);
    for (int i = 0; i < 10; i++) {
      flushing.waitMillis(1_000);
      flushing.frames("busy", i * 250L).round();
    }
    assertThat(flushing.clips).extracting(Clip::stream).doesNotContain("silent");

    flushing.behindBy(0);
    flushing.frames("busy", 2_500).rounds(3);
    assertThat(flushing.clips).extracting(Clip::stream).contains("silent");
  }

  private static ClipRules flushing(Duration flush) {
    return new ClipRules(
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        4,
        2,
        30,
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Align.ANCHOR,
        flush);
  }

  private static Stages stages(ClipRules rules) {
    return new Stages(rules, LIMITS, new FakeDescriber());
  }
}
