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
  public static AgentPlan defaults() {
    return new AgentPlan(20, 1_000_000, 3);
  }

  public AgentPlan {
    Bounds.require("starts", starts, 1, 1_000);
    Bounds.require("records", records, 1, 100_000_000);
    Bounds.require("rounds", rounds, 1, 1_000);
  }
}
