package dev.flamingostreams.bench.streams;

import dev.flamingostreams.bench.Bounds;

/**
 * What is cut into windows with and without overlap.
 *
 * @param clips that fit side by side into what is filmed
 * @param overlap windows that show each frame
 * @param rounds of both in turn
 */
public record OverlapPlan(int clips, int overlap, int rounds) {
  /** A film of four minutes. */
  public static OverlapPlan defaults() {
    return new OverlapPlan(60, 4, 3);
  }

  public OverlapPlan {
    Bounds.require("clips", clips, 2, 10_000);
    Bounds.require("overlap", overlap, 2, 16);
    Bounds.require("rounds", rounds, 1, 1_000);
  }
}
