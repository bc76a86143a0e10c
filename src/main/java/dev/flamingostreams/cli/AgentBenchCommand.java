package dev.flamingostreams.cli;

import dev.flamingostreams.bench.hosts.AgentBench;
import dev.flamingostreams.bench.hosts.AgentPlan;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the agent costs its host. */
@Command(
    name = "agent",
    description =
        "Runs small applications in JVMs of their own, with and without the agent in turn: the"
            + " start of a JVM that says hello and of this program's help, which do not touch"
            + " Kafka Streams; of an application of Kafka Streams, when it processes"
            + " its first record and how many it moves, with the agent and no camera, and while a"
            + " model of random weights describes a live camera, some seconds a clip.")
final class AgentBenchCommand implements Callable<Integer> {
  @Option(names = "--starts", description = "That do not touch Kafka (20).")
  private int starts = AgentPlan.defaults().starts();

  @Option(names = "--records", description = "Of the application's own, each round (1000000).")
  private int records = AgentPlan.defaults().records();

  @Option(names = "--rounds", description = "That count; a shorter one warms up (3).")
  private int rounds = AgentPlan.defaults().rounds();

  @Mixin private BenchBroker broker = new BenchBroker();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    AgentPlan plan = plan();
    return broker.print(context -> new AgentBench(context, Home.path(), plan).run());
  }

  private AgentPlan plan() {
    return Checked.of(spec, () -> new AgentPlan(starts, records, rounds));
  }
}
