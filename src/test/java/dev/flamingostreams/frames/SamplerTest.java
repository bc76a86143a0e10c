package dev.flamingostreams.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SamplerTest {

  @Test
  void everyGridPointGetsItsNearestFrame() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      double rate = 1 + random.nextInt(20);
      long[] times = times(random, 1 + random.nextInt(80));
      assertThat(sample(rate, times)).containsExactlyElementsOf(nearest(rate, times));
    }
  }

  @Test
  void aSilenceOfYearsCostsNothing() {
    assertThat(sample(10, 0, 1L << 52, (1L << 52) + 5)).hasSizeBetween(2, 3);
  }

  @Test
  void nothingGivesNothing() {
    assertThat(sample(10)).isEmpty();
  }

  private static long[] times(Random random, int count) {
    long[] times = new long[count];
    for (int i = 1; i < count; i++) {
      times[i] = times[i - 1] + 1 + random.nextInt(120_000);
    }
    return times;
  }

  private static List<Long> sample(double rate, long... times) {
    Sampler sampler = new Sampler(rate);
    List<Long> picked = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (sampler.offer(times[i])) {
        picked.add(times[i - 1]);
      }
    }
    if (sampler.end()) {
      picked.add(times[times.length - 1]);
    }
    return picked;
  }

  /** By looking at all frames for each point; the last frame reaches as far forward as back. */
  private static List<Long> nearest(double rate, long[] times) {
    int last = times.length - 1;
    double reach = last == 0 ? times[0] : times[last] + (times[last] - times[last - 1]) / 2.0;
    TreeSet<Long> picked = new TreeSet<>();
    for (long k = 0; k * 1e6 / rate <= reach; k++) {
      double point = k * 1e6 / rate;
      picked.add(
          Arrays.stream(times)
              .boxed()
              .min(
                  (a, b) -> {
                    int order = Double.compare(Math.abs(a - point), Math.abs(b - point));
                    return order == 0 ? Long.compare(a, b) : order;
                  })
              .orElseThrow());
    }
    return List.copyOf(picked);
  }
}
