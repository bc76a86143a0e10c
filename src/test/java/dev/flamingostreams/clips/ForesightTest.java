package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.clips.ClipRules.Align;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is foreseen against what is picked. */
class ForesightTest {
  private final Cuts cuts = new Cuts();

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @Test
  void aFrameIsForeseenWhenTheClockIsAStepPastItsPoint() {
    StreamWindows windows = windows(1_000, 1_000, 4);

    cuts.send(windows, 0, 240, 249);
    assertThat(cuts.foreseen).isEmpty();
    cuts.send(windows, 260);
    assertThat(cuts.foreseen).containsExactly(0L);
    cuts.send(windows, 499);
    assertThat(cuts.foreseen).containsExactly(0L);
    cuts.send(windows, 500);
    assertThat(cuts.foreseen).containsExactly(0L, 249_000L);
  }

  @Test
  void ofACameraThatSendsMoreThanIsSampledOnlyWhatIsSampledIsForeseen() {
    StreamWindows windows = windows(4_000, 4_000, 4);

    cuts.send(windows, LongStream.range(0, 1_200).map(i -> i * 100 / 3).toArray()).end(windows);

    assertThat(cuts.foreseen).hasSize(159);
    assertThat(cuts.picked()).hasSize(160).containsAll(cuts.foreseen);
  }

  @Test
  void windowsThatOverlapForeseeAFrameOnce() {
    StreamWindows windows = windows(4_000, 1_000, 4);

    cuts.send(windows, LongStream.range(0, 400).map(i -> i * 100).toArray()).end(windows);

    assertThat(cuts.picked()).hasSize(161).containsAll(cuts.foreseen);
    assertThat(cuts.foreseen).hasSizeBetween(158, 161);
  }

  @Test
  void aNewSessionIsForeseenByItsOwnGrid() {
    StreamWindows windows = windows(1_000, 1_000, 4);

    cuts.send(windows, 0, 100, 200, 300, 9_050, 9_150, 9_200, 9_300, 9_560, 9_800).end(windows);

    assertThat(cuts.picked()).containsAll(cuts.foreseen);
    assertThat(cuts.foreseen).contains(0L, 9_050_000L, 9_300_000L);
  }

  @Test
  void anIdleMarkerMovesTheClockThatFramesAreForeseenBy() {
    StreamWindows windows = windows(1_000, 1_000, 4);

    cuts.send(windows, 0, 250);
    windows.idleUntil(500_000);
    windows.foresee(cuts);

    assertThat(cuts.foreseen).containsExactly(0L, 250_000L);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nearlyAllThatIsPickedIsForeseenAndLittleElse(int seed) {
    Random random = new Random(seed);
    ClipRules rules = rules(random);
    long step = ClipRules.micros(rules.length()) / rules.samples();
    List<Long> arrivals = arrivals(random, step, ClipRules.micros(rules.grace()));

    play(random, rules, step, arrivals);

    Set<Long> picked = cuts.picked();
    long end = new TreeSet<>(arrivals).last() - 2 * step;
    Set<Long> missed = new HashSet<>(picked);
    missed.removeAll(cuts.foreseen);
    missed.removeIf(time -> time > end);
    Set<Long> inVain = new HashSet<>(cuts.foreseen);
    inVain.removeAll(picked);
    assertThat(missed).as("missed").hasSizeLessThanOrEqualTo(6 + picked.size() / 50);
    assertThat(inVain).as("in vain").hasSizeLessThanOrEqualTo(6 + picked.size() / 50);
  }

  private void play(Random random, ClipRules rules, long step, List<Long> arrivals) {
    StreamWindows windows = new StreamWindows("cam", rules);
    for (int next = 0; next < arrivals.size(); ) {
      long until = arrivals.get(next) + random.nextInt((int) step / 2);
      while (next < arrivals.size() && arrivals.get(next) <= until) {
        windows.frame(arrivals.get(next++), 1, cuts);
      }
      windows.closeDue(cuts);
      windows.foresee(cuts);
      windows = StreamWindows.read("cam", windows.write(), rules.maxBuffered());
    }
    windows.end(cuts);
  }

  private static ClipRules rules(Random random) {
    long length = 1_000L + random.nextInt(4_000);
    long hop = length / (1 + random.nextInt(4)) + random.nextInt(3) * 100L;
    int points = 8 + random.nextInt(9);
    Align align = random.nextBoolean() ? Align.ANCHOR : Align.EPOCH;
    // what is due together with its clip need not be foreseen
    long grace = 2 * length / points + random.nextInt(500);
    return Cuts.rules(length, hop, points * 1_000.0 / length, 1, grace, 20_000, align);
  }

  /** From a camera of half to eight times the sampled rate, that jitters and drops frames. */
  private static List<Long> arrivals(Random random, long step, long grace) {
    double interval = step / (0.5 + 7.5 * random.nextDouble());
    double jitter = interval * 0.3 * random.nextDouble();
    double drops = 0.3 * random.nextDouble();
    boolean late = random.nextInt(4) == 0;
    List<long[]> frames = new ArrayList<>();
    double start = random.nextInt(1_000_000_000);
    for (int i = 0; i < 400; i++) {
      if (random.nextDouble() >= drops) {
        long time = (long) (start + i * interval + jitter * random.nextDouble());
        long delay = late && random.nextInt(20) == 0 ? (long) (random.nextDouble() * grace) : 0;
        frames.add(new long[] {time + delay, time});
      }
    }
    frames.sort(Comparator.comparingLong(frame -> frame[0]));
    return frames.stream().map(frame -> frame[1]).toList();
  }

  private static StreamWindows windows(long length, long hop, double rate) {
    return new StreamWindows("cam", Cuts.rules(length, hop, rate, 1, 100, 2_000, Align.ANCHOR));
  }
}
