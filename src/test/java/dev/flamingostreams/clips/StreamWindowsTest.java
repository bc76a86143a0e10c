package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.schema.Clip;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamWindowsTest {
  // windows of 1 s with 4 points, at least 2 frames, 100 ms grace, 2 s gap
  private static final ClipRules RULES = Cuts.rules(1_000, 1_000, 4, 2, 100, 2_000, Align.ANCHOR);
  private static final ClipRules OVERLAPPING =
      Cuts.rules(1_000, 500, 4, 2, 100, 2_000, Align.ANCHOR);
  private static final ClipRules EPOCH = Cuts.rules(1_000, 500, 4, 2, 100, 2_000, Align.EPOCH);

  private final StreamWindows windows = new StreamWindows("cam", RULES);
  private final Cuts cuts = new Cuts();

  @Test
  void windowsStartAtTheSmallestTimeSeenWithinTheGrace() {
    cuts.send(windows, 5_050, 5_000, 5_250, 5_500, 5_750, 6_100);

    assertThat(cuts.starts()).containsExactly(5_000L);
    assertThat(cuts.frames(0)).containsExactly(5_000L, 5_250L, 5_500L, 5_750L);
    assertThat(cuts.clips.get(0).endMicros()).isEqualTo(6_000_000L);
  }

  @Test
  void aWindowClosesWhenTheClockHasPassedItsEndByTheGraceAndNotBefore() {
    cuts.send(windows, 0, 250, 500, 750, 1_000, 1_099);
    assertThat(cuts.clips).isEmpty();

    cuts.send(windows, 1_100);
    assertThat(cuts.starts()).containsExactly(0L);
  }

  @Test
  void aFrameBehindTheClockByMoreThanTheGraceIsLate() {
    cuts.send(windows, 0, 500, 399, 400);

    assertThat(cuts.fates).isEqualTo(Map.of(Fate.LATE, 1));
    assertThat(cuts.end(windows).frames(0)).containsExactly(0L, 400L, 500L);
  }

  @Test
  void idsHaveTheSameDigitsEverywhere() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    try {
      cuts.send(windows, 5_000, 5_250).end(windows);
      assertThat("%d".formatted(1)).isEqualTo("\u06F1");
      assertThat(cuts.clips.get(0).id()).startsWith("cam@5000000.0.");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void aDuplicateCountsOnce() {
    cuts.send(windows, 0, 250, 250, 500).end(windows);

    assertThat(cuts.frames(0)).containsExactly(0L, 250L, 500L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.DUPLICATE, 1, Fate.IN_CLIP, 3));
  }

  @Test
  void framesBetweenTheSamplesAreNotInTheClip() {
    cuts.send(windows, 0, 100, 200, 260, 300, 500, 740, 800, 990).end(windows);

    assertThat(cuts.frames(0)).containsExactly(0L, 260L, 500L, 740L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.BETWEEN_SAMPLES, 5, Fate.IN_CLIP, 4));
  }

  @Test
  void aWindowWithTooFewFramesMakesNoClip() {
    cuts.send(windows, 0, 1_500, 1_700).end(windows);

    assertThat(cuts.starts()).containsExactly(1_000L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.SHORT_WINDOW, 1, Fate.IN_CLIP, 2));
  }

  @Test
  void aFrameOfSeveralWindowsIsInAClipIfOneOfThemPicksIt() {
    StreamWindows overlapping = new StreamWindows("cam", OVERLAPPING);

    cuts.send(overlapping, 0, 250, 500).end(overlapping);

    assertThat(cuts.starts()).containsExactly(0L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.IN_CLIP, 3));
  }

  @Test
  void windowsOverlapWhenTheyHopByLessThanTheirLength() {
    StreamWindows overlapping = new StreamWindows("cam", OVERLAPPING);

    cuts.send(overlapping, 0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750).end(overlapping);

    assertThat(cuts.starts()).containsExactly(0L, 500L, 1_000L, 1_500L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.IN_CLIP, 8));
  }

  @Test
  void windowsMayLieApart() {
    StreamWindows apart =
        new StreamWindows("cam", Cuts.rules(500, 2_000, 4, 2, 100, 3_000, Align.ANCHOR));

    cuts.send(apart, 0, 250, 600, 1_900, 2_000, 2_250, 4_000).end(apart);

    assertThat(cuts.starts()).containsExactly(0L, 2_000L);
    assertThat(cuts.fates)
        .isEqualTo(Map.of(Fate.IN_CLIP, 4, Fate.BETWEEN_SAMPLES, 2, Fate.SHORT_WINDOW, 1));
  }

  @Test
  void alignedToTheEpochWindowsStartAtMultiplesOfTheHop() {
    StreamWindows epoch = new StreamWindows("cam", EPOCH);

    cuts.send(epoch, 10_200, 10_400, 10_600, 10_800, 11_000, 11_200).end(epoch);

    assertThat(cuts.starts()).containsExactly(9_500L, 10_000L, 10_500L, 11_000L);
  }

  @Test
  void alignedToTheEpochIdsDoNotDependOnWhereTheStreamWasTakenUp() {
    StreamWindows early = new StreamWindows("cam", EPOCH);
    StreamWindows late = new StreamWindows("cam", EPOCH);
    Cuts other = new Cuts();

    cuts.send(early, 1_000, 2_000, 10_000, 10_250, 10_500, 10_750).end(early);
    other.send(late, 10_250, 10_500, 10_750).end(late);

    assertThat(cuts.clips).extracting(Clip::id).containsAll(ids(other));
  }

  @Test
  void timesBeforeTheEpochAreTimesLikeOthers() {
    StreamWindows epoch = new StreamWindows("cam", EPOCH);

    cuts.send(epoch, -300, -100, 100, 300).end(epoch);

    assertThat(cuts.starts()).containsExactly(-1_000L, -500L, 0L);
  }

  @Test
  void aSilenceLongerThanTheGapEndsTheSession() {
    cuts.send(windows, 0, 250, 500, 2_501, 2_700).end(windows);

    assertThat(cuts.starts()).containsExactly(0L, 2_501L);
  }

  @Test
  void aSilenceOfNoMoreThanTheGapDoesNot() {
    cuts.send(windows, 0, 250, 500, 2_500, 2_700).end(windows);

    assertThat(cuts.starts()).containsExactly(0L, 2_000L);
  }

  @Test
  void aClockThatJumpsBackOpensASessionWithIdsOfItsOwn() {
    cuts.send(windows, 0, 250, 5_000, 5_250, 5_500, 0, 250, 500).end(windows);

    assertThat(cuts.starts()).containsExactly(0L, 5_000L, 0L);
    assertThat(ids(cuts)).doesNotHaveDuplicates();
  }

  @Test
  void aClockThatJumpsByHoursOpensASession() {
    long day = 86_400_000L;
    cuts.send(windows, 0, 250, day, day + 250).end(windows);

    assertThat(cuts.starts()).containsExactly(0L, day);
  }

  @Test
  void aFileThatIsSentAgainAfterItsEndIsAllDuplicates() {
    cuts.send(windows, 0, 250, 500, 750).end(windows).send(windows, 0, 250, 500, 750).end(windows);

    assertThat(cuts.starts()).containsExactly(0L);
    assertThat(cuts.fates).isEqualTo(Map.of(Fate.IN_CLIP, 4, Fate.DUPLICATE, 4));
  }

  @Test
  void anIdleCamerasClockMovesOn() {
    cuts.send(windows, 0, 250, 500, 750);

    windows.idleUntil(1_099_000);
    windows.closeDue(cuts);
    assertThat(cuts.clips).isEmpty();

    windows.idleUntil(1_100_000);
    windows.closeDue(cuts);
    assertThat(cuts.starts()).containsExactly(0L);
  }

  @Test
  void aFrameWithinTheGraceFindsItsWindowOpenAfterASilence() {
    StreamWindows patient =
        new StreamWindows("cam", Cuts.rules(1_000, 1_000, 4, 2, 3_000, 8_000, Align.ANCHOR));

    cuts.send(patient, 0, 250, 9_000, 7_000, 7_250, 9_250).end(patient);

    assertThat(cuts.starts()).containsExactly(0L, 7_000L, 9_000L);
  }

  @Test
  void aClockBeyondAllMeasureIsNotATime() {
    windows.frame(Long.MAX_VALUE, 1, cuts);
    windows.frame(Long.MIN_VALUE, 1, cuts);
    windows.idleUntil(Long.MAX_VALUE);

    assertThat(cuts.fates).isEqualTo(Map.of(Fate.UNDECODABLE, 2));
    assertThat(windows.isOpen()).isFalse();
  }

  @Test
  void aStreamThatFloodsItsWindowsIsCutOff() {
    for (int i = 0; i < StreamWindows.MOST_BUFFERED + 5; i++) {
      windows.frame(i, 1, cuts);
    }

    assertThat(cuts.fates).isEqualTo(Map.of(Fate.EXCESS, 5));
  }

  @Test
  void aFloodedStreamGoesOnWhenItsWindowsHaveClosed() {
    for (int i = 0; i < StreamWindows.MOST_BUFFERED; i++) {
      windows.frame(i, 1, cuts);
    }
    cuts.send(windows, 500, 1_050, 1_100, 1_350, 1_600).end(windows);

    assertThat(cuts.fates).containsEntry(Fate.EXCESS, 2);
    assertThat(cuts.starts()).containsExactly(0L, 1_000L);
    assertThat(cuts.frames(1)).containsExactly(1_100L, 1_350L, 1_600L);
  }

  @Test
  void imagesBeyondTheBytesOfAStreamAreInExcessUntilWindowsHaveClosed() {
    StreamWindows small = new StreamWindows("cam", RULES.withMaxBuffered(100));

    take(small, 0, 40, true);
    take(small, 250, 60, true);
    take(small, 500, 1, false);
    assertThat(small.bufferedBytes()).isEqualTo(100);
    take(small, 1_099, 1, false);
    take(small, 1_100, 60, true);
    assertThat(small.bufferedBytes()).isEqualTo(60);
    cuts.end(small);

    assertThat(cuts.frames(0)).containsExactly(0L, 250L);
    assertThat(cuts.fates).containsEntry(Fate.EXCESS, 2);
    assertThat(small.bufferedBytes()).isZero();
  }

  @Test
  void theBytesOfAStreamOutliveARestart() {
    StreamWindows small = new StreamWindows("cam", RULES.withMaxBuffered(100));
    take(small, 0, 40, true);
    take(small, 250, 50, true);

    StreamWindows again = StreamWindows.read("cam", small.write(), 100);
    assertThat(again.bufferedBytes()).isEqualTo(90);
    take(again, 500, 11, false);
    take(again, 750, 10, true);
    cuts.end(again);
    assertThat(again.bufferedBytes()).isZero();
  }

  @Test
  void whatTheFirstFormatStoredGoesOnToo() {
    cuts.send(windows, 0, 250, 500);

    StreamWindows again = StreamWindows.read("cam", firstFormat(windows.write()), 1_000);
    assertThat(again.bufferedBytes()).isZero();
    cuts.send(again, 750).end(again);

    assertThat(cuts.frames(0)).containsExactly(0L, 250L, 500L, 750L);
  }

  /** Without the sizes of images, which the first format did not have. */
  private static byte[] firstFormat(byte[] state) {
    int frames = 3;
    int each = Long.BYTES + 1;
    ByteBuffer old = ByteBuffer.allocate(state.length - frames * Integer.BYTES);
    int from = state.length - frames * (each + Integer.BYTES);
    old.put(state, 0, from).put(0, (byte) 1);
    for (int i = 0; i < frames; i++) {
      old.put(state, from + i * (each + Integer.BYTES), each);
    }
    return old.array();
  }

  private void take(StreamWindows into, long millis, int bytes, boolean taken) {
    assertThat(into.frame(millis * 1_000, bytes, cuts)).isEqualTo(taken);
  }

  @Test
  void whatIsStoredGoesOnAsItWas() {
    cuts.send(windows, 0, 250, 500).end(windows).send(windows, 9_000, 9_250);

    StreamWindows again = StreamWindows.read("cam", windows.write(), 1_000);
    cuts.send(again, 9_500, 9_750, 0, 9_400).end(again);

    assertThat(cuts.starts()).containsExactly(0L, 9_000L);
    assertThat(cuts.fates).containsEntry(Fate.DUPLICATE, 1).containsEntry(Fate.LATE, 1);
  }

  @Test
  void whatAnotherFormatStoredIsNotMisread() {
    byte[] state = windows.write();
    state[0] = 9;

    assertThatThrownBy(() -> StreamWindows.read("cam", state, 1_000))
        .hasMessageContaining("stream 'cam'")
        .hasMessageContaining("reset the application");
  }

  private static java.util.List<String> ids(Cuts cuts) {
    return cuts.clips.stream().map(Clip::id).toList();
  }
}
