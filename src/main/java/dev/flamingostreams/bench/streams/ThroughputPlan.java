package dev.flamingostreams.bench.streams;

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
    Plans.require("records", records, 100, 1_000_000);
    Plans.require("frames", frames, 1, 30);
    Plans.require("frameBytes", frameBytes, 2_048, 100_000);
    Plans.require("streams", streams, 1, 10_000);
    Plans.require("rounds", rounds, 1, 1_000);
  }

  public ThroughputPlan withRecords(int value) {
    return new ThroughputPlan(value, frames, frameBytes, streams, rounds);
  }

  public ThroughputPlan withRounds(int value) {
    return new ThroughputPlan(records, frames, frameBytes, streams, value);
  }
}
