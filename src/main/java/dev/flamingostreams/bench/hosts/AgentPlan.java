package dev.flamingostreams.bench.hosts;

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
    require("starts", starts, 1_000);
    require("records", records, 100_000_000);
    require("rounds", rounds, 1_000);
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("%s is %d, must be 1 to %d".formatted(name, value, most));
    }
  }
}
