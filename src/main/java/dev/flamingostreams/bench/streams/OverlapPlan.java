package dev.flamingostreams.bench.streams;

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
    Plans.require("clips", clips, 2, 10_000);
    Plans.require("overlap", overlap, 2, 16);
    Plans.require("rounds", rounds, 1, 1_000);
  }
}
