package dev.flamingostreams.bench.streams;

import dev.flamingostreams.bench.Bounds;

/**
 * How much is moved.
 *
 * @param records of one second of frames each
 * @param frames of each record
 * @param frameBytes of each frame
 * @param streams that the records are of
 * @param rounds that count, of each of both
 */
public record ThroughputPlan(int records, int frames, int frameBytes, int streams, int rounds) {
  /** Batches of 8 JPEGs of 20 KB. */
  public static ThroughputPlan defaults() {
    return new ThroughputPlan(4_000, 8, 20 << 10, 16, 3);
  }

  public ThroughputPlan {
    Bounds.require("records", records, 100, 1_000_000);
    Bounds.require("frames", frames, 1, 30);
    Bounds.require("frameBytes", frameBytes, 2_048, 100_000);
    Bounds.require("streams", streams, 1, 10_000);
    Bounds.require("rounds", rounds, 1, 1_000);
  }

  public ThroughputPlan withRecords(int value) {
    return new ThroughputPlan(value, frames, frameBytes, streams, rounds);
  }

  public ThroughputPlan withRounds(int value) {
    return new ThroughputPlan(records, frames, frameBytes, streams, value);
  }
}
