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
    Bounds.require("frames", frames, 1, MOST_FRAMES);
    Bounds.require("batch", batch, 1, 64);
    Bounds.require("threads", threads, 1, 1024);
    Bounds.require("rounds", rounds, 1, 10_000);
  }
}
