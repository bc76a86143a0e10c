package dev.flamingostreams.cli;

import dev.flamingostreams.bench.streams.OverlapBench;
import dev.flamingostreams.bench.streams.OverlapPlan;
import dev.flamingostreams.plugin.Models;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What windows that overlap cost. */
@Command(
    name = "overlap",
    description =
        "Cuts the same film into windows side by side and into windows that overlap, has the"
            + " default model describe them, and prints how much time the vision encoder takes for"
            + " each, and the ratio.")
final class OverlapBenchCommand implements Callable<Integer> {
  @Option(names = "--clips", description = "That fit into the film side by side (60).")
  private int clips = OverlapPlan.defaults().clips();

  @Option(names = "--overlap", description = "Windows that show each frame (4).")
  private int overlap = OverlapPlan.defaults().overlap();

  @Option(names = "--rounds", description = "That count; one more warms up (3).")
  private int rounds = OverlapPlan.defaults().rounds();

  @Mixin private BenchBroker broker = new BenchBroker();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    OverlapPlan plan = plan();
    try (Models models = Home.models(engine.options())) {
      return broker.print(context -> new OverlapBench(context, plan, models::describer).run());
    }
  }

  private OverlapPlan plan() {
    return Checked.of(spec, () -> new OverlapPlan(clips, overlap, rounds));
  }
}
