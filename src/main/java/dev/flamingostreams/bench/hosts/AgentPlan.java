package dev.flamingostreams.bench.hosts;

import dev.flamingostreams.bench.Bounds;

/**
 * What an application does with and without the agent, in turn.
 *
 * @param starts of applications that do not touch Kafka
 * @param records of the application's own, each round
 * @param rounds of an application of Kafka Streams
 */
public record AgentPlan(int starts, int records, int rounds) {
  private static final int SHORTER_TO_WARM_UP = 8;

  public static AgentPlan defaults() {
    return new AgentPlan(20, 1_000_000, 3);
  }

  public AgentPlan {
    Bounds.require("starts", starts, 1, 1_000);
    Bounds.require("records", records, 1, 100_000_000);
    Bounds.require("rounds", rounds, 1, 1_000);
  }

  /** Of the application's own: the first round, 0, only warms up. */
  int recordsOf(int round) {
    return round == 0 ? Math.max(1, records / SHORTER_TO_WARM_UP) : records;
  }
}
