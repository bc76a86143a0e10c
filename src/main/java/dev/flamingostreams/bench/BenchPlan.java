package dev.flamingostreams.bench;

/**
 * What is measured.
 *
 * @param frames of each clip
 * @param batch clips at once
 * @param threads that each path computes with
 * @param rounds that count
 */
public record BenchPlan(int frames, int batch, int threads, int rounds) {
  private static final int MOST_FRAMES = 30;

  public BenchPlan {
    require("frames", frames, MOST_FRAMES);
    require("batch", batch, 64);
    require("threads", threads, 1024);
    require("rounds", rounds, 10_000);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("%s is %d, must be 1 to %d".formatted(name, value, most));
    }
  }
}
