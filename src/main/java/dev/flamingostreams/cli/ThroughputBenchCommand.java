package dev.flamingostreams.cli;

import dev.flamingostreams.bench.streams.ThroughputBench;
import dev.flamingostreams.bench.streams.ThroughputPlan;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many records a topology moves, next to an application that only forwards them. */
@Command(
    name = "throughput",
    description =
        "Moves batches of 8 JPEGs of 20 KB through a topology whose model costs nothing and through"
            + " a plain Kafka Streams application that forwards them, in turn, both exactly once:"
            + " records per second, and their ratio.")
final class ThroughputBenchCommand implements Callable<Integer> {
  @Option(names = "--records", description = "Of each round (4000).")
  private int records = ThroughputPlan.defaults().records();

  @Option(names = "--rounds", description = "That count; one more warms up (3).")
  private int rounds = ThroughputPlan.defaults().rounds();

  @Mixin private BenchBroker broker = new BenchBroker();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ThroughputPlan plan = plan();
    return broker.print(context -> new ThroughputBench(context, plan).run());
  }

  private ThroughputPlan plan() {
    return Checked.of(
        spec, () -> ThroughputPlan.defaults().withRecords(records).withRounds(rounds));
  }
}
