package dev.flamingostreams.clips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.schema.Clip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random streams against the rules written down as plainly as possible. */
class ClipPropertiesTest {

  static IntStream seeds() {
    return IntStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void clipsAreThoseOfThePlainRulesWhateverTheOrderTheBatchesAndTheRestarts(int seed) {
    Random random = new Random(seed);
    ClipRules rules = rules(random);
    NavigableSet<Long> frames = frames(random, rules);

    Cuts cuts = cut(random, rules, arrivals(random, frames, rules));

    assertThat(cuts.clips).isEqualTo(new PlainRules(rules).clips(frames));
    assertThat(cuts.fates.values().stream().mapToInt(Integer::intValue).sum())
        .as("every frame has one fate")
        .isEqualTo(frames.size());
    assertThat(cuts.fates.getOrDefault(Fate.IN_CLIP, 0))
        .isEqualTo(
            (int) cuts.clips.stream().flatMap(c -> c.frameMicros().stream()).distinct().count());
  }

  private static ClipRules rules(Random random) {
    long length = 200L + random.nextInt(1_000);
    long hop = Math.max(20, (long) (length * (0.2 + 1.2 * random.nextDouble())));
    int points = 1 + random.nextInt(5);
    int minFrames = 1 + random.nextInt(points);
    long grace = random.nextInt(300);
    Align align = random.nextBoolean() ? Align.ANCHOR : Align.EPOCH;
    long least = align == Align.EPOCH ? Math.max(grace + 1, length) : grace + 1;
    long gap = least + random.nextInt(700);
    return Cuts.rules(length, hop, points * 1_000.0 / length, minFrames, grace, gap, align);
  }

  private static NavigableSet<Long> frames(Random random, ClipRules rules) {
    NavigableSet<Long> frames = new TreeSet<>();
    long step = ClipRules.micros(rules.length()) / (1 + random.nextInt(6));
    long time = random.nextInt();
    for (int i = random.nextInt(60); i >= 0; i--) {
      frames.add(time);
      boolean pause = random.nextInt(15) == 0;
      time += 1 + (long) (random.nextDouble() * 2 * step);
      time += pause ? (long) (random.nextDouble() * 2 * ClipRules.micros(rules.sessionGap())) : 0;
    }
    return frames;
  }

  /** Each frame is held up by no more than the grace. */
  private static List<Long> arrivals(Random random, NavigableSet<Long> frames, ClipRules rules) {
    Map<Long, Long> arrival = new HashMap<>();
    long grace = ClipRules.micros(rules.grace());
    frames.forEach(time -> arrival.put(time, time + (long) (random.nextDouble() * grace)));
    return frames.stream().sorted(Comparator.comparing(arrival::get)).toList();
  }

  private static Cuts cut(Random random, ClipRules rules, List<Long> arrivals) {
    Cuts cuts = new Cuts();
    StreamWindows windows = new StreamWindows("cam", rules);
    for (int i = 0; i < arrivals.size(); i++) {
      windows.frame(arrivals.get(i), 1, cuts);
      if (random.nextInt(4) == 0) {
        arrivals.stream().skip(i + 1).min(Long::compare).ifPresent(windows::idleUntil);
      }
      if (random.nextInt(3) == 0) {
        windows.closeDue(cuts);
      }
      if (random.nextInt(3) == 0) {
        windows.foresee(cuts);
      }
      if (random.nextInt(5) == 0) {
        windows = StreamWindows.read("cam", windows.write(), rules.maxBuffered());
      }
    }
    windows.end(cuts);
    return cuts;
  }

  /** The same with everything in hand: sessions, windows, and every way to pick frames. */
  private record PlainRules(ClipRules rules) {

    List<Clip> clips(NavigableSet<Long> frames) {
      List<Clip> clips = new ArrayList<>();
      TreeSet<Long> current = new TreeSet<>();
      for (long time : frames) {
        if (!current.isEmpty() && time - current.last() > ClipRules.micros(rules.sessionGap())) {
          clips.addAll(cut(current));
          current = new TreeSet<>();
        }
        current.add(time);
      }
      clips.addAll(cut(current));
      return clips;
    }

    private List<Clip> cut(NavigableSet<Long> frames) {
      long length = ClipRules.micros(rules.length());
      long hop = ClipRules.micros(rules.hop());
      List<Clip> clips = new ArrayList<>();
      long start = frames.first();
      if (rules.align() == Align.EPOCH) {
        start = Math.floorDiv(frames.first(), hop) * hop;
        while (start + length > frames.first()) {
          start -= hop;
        }
        start += hop;
      }
      for (; start <= frames.last(); start += hop) {
        List<Long> window = List.copyOf(frames.subSet(start, start + length));
        List<Long> picked = best(start, window, 0, 0).frames;
        if (picked.size() >= rules.minFrames()) {
          String id =
              rules.align() == Align.EPOCH
                  ? "cam@%d.%s".formatted(start, rules.hash())
                  : "cam@%d.0.%s".formatted(start, rules.hash());
          clips.add(new Clip(id, "cam", 0, start, start + length, picked, false));
        }
      }
      return clips;
    }

    private record Picked(List<Long> frames, long distance) {
      boolean betterThan(Picked other) {
        return frames.size() > other.frames.size()
            || (frames.size() == other.frames.size() && distance < other.distance);
      }
    }

    private Picked best(long start, List<Long> window, int point, int frame) {
      if (point == rules.samples() || frame == window.size()) {
        return new Picked(List.of(), 0);
      }
      Picked best = best(start, window, point + 1, frame);
      long length = ClipRules.micros(rules.length());
      long at = start + point * length / rules.samples();
      for (int i = frame; i < window.size(); i++) {
        long distance = Math.abs(window.get(i) - at);
        if (distance < (double) length / rules.samples()) {
          Picked rest = best(start, window, point + 1, i + 1);
          List<Long> frames =
              LongStream.concat(
                      LongStream.of(window.get(i)), rest.frames.stream().mapToLong(f -> f))
                  .boxed()
                  .toList();
          Picked picked = new Picked(frames, distance + rest.distance);
          best = picked.betterThan(best) ? picked : best;
        }
      }
      return best;
    }
  }
}
