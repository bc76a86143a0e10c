package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.engine.ClipInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CutTest {
  private static final List<Shot> SHOTS = FakeWorld.shots(0, 36);

  private final Random random = new Random(5);

  @Test
  void evenFramesAreSpreadOverTheVideoFromItsBeginning() {
    assertThat(images(Cut.EVEN.of(SHOTS, 8, random))).containsExactly(0, 4, 9, 13, 18, 22, 27, 31);
    assertThat(images(Cut.EVEN.of(SHOTS, 16, random)))
        .as("the nearest")
        .containsExactly(0, 2, 4, 7, 9, 11, 13, 16, 18, 20, 22, 25, 27, 29, 31, 34);
    assertThat(images(Cut.EVEN.of(SHOTS, 1, random))).containsExactly(0);
    assertThat(images(Cut.EVEN.of(SHOTS, 30, random))).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void jitterMovesAFrameByUpToAThirdOfTheStep() {
    int[] moved = new int[5];
    for (int round = 0; round < 500; round++) {
      List<Integer> images = images(Cut.JITTERED.of(SHOTS, 8, random));
      for (int i = 1; i < 7; i++) {
        double offset = images.get(i) - 4.5 * i;
        assertThat(offset).isBetween(-0.35 * 4.5 - 0.5, 0.35 * 4.5 + 0.5);
        moved[2 + (int) Math.rint(offset)]++;
      }
    }
    assertThat(moved).as("all ways").doesNotContain(0);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void framesComeInOrderOfTimeHoweverManyThereAre(Cut cut) {
    for (int frames = 1; frames <= 30; frames++) {
      for (int count : List.of(frames, 30, 36)) {
        ClipInput clip = cut.of(FakeWorld.shots(0, count), Math.min(frames, count), random);
        assertThat(clip.captureMicros()).isSorted().doesNotHaveDuplicates();
        assertThat(images(clip)).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aFifthOfTheEvenFramesIsDropped() {
    double kept = 0;
    for (int round = 0; round < 1000; round++) {
      List<Integer> images = images(Cut.DROPPED.of(SHOTS, 8, random));
      assertThat(images).hasSizeBetween(6, 7);
      assertThat(images(Cut.EVEN.of(SHOTS, 8, random))).containsAll(images);
      kept += images.size();
    }
    assertThat(kept / 8000).isCloseTo(0.8, within(0.01));
    assertThat(images(Cut.DROPPED.of(SHOTS, 1, random))).containsExactly(0);
  }

  @Test
  void shufflingMovesImagesNotTimes() {
    ClipInput even = Cut.EVEN.of(SHOTS, 2, random);
    for (int round = 0; round < 20; round++) {
      ClipInput shuffled = Cut.SHUFFLED.of(SHOTS, 2, random);
      assertThat(shuffled.captureMicros()).isEqualTo(even.captureMicros());
      assertThat(images(shuffled)).containsExactly(18, 0);
    }
    assertThat(images(Cut.SHUFFLED.of(SHOTS, 8, random)))
        .containsExactlyInAnyOrder(0, 4, 9, 13, 18, 22, 27, 31);
    assertThat(images(Cut.SHUFFLED.of(SHOTS, 1, random))).containsExactly(0);
  }

  @Test
  void imagesKeepTheirTimesButForShuffling() {
    for (Cut cut : List.of(Cut.EVEN, Cut.JITTERED, Cut.DROPPED)) {
      ClipInput clip = cut.of(SHOTS, 16, random);
      int[] times = Arrays.stream(clip.captureMicros()).mapToInt(t -> (int) (t / 1000)).toArray();
      assertThat(images(clip)).containsExactlyElementsOf(IntStream.of(times).boxed().toList());
    }
  }

  private static List<Integer> images(ClipInput clip) {
    return clip.images().stream().map(image -> ByteBuffer.wrap(image).getInt(4)).toList();
  }
}
