package dev.flamingostreams.cli;

import dev.flamingostreams.bench.streams.CamerasBench;
import dev.flamingostreams.bench.streams.CamerasPlan;
import dev.flamingostreams.plugin.Models;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many live cameras a machine keeps up with. */
@Command(
    name = "cameras",
    description =
        "Films with live cameras, first with their windows spread in time, then with all of them"
            + " due at once, and has the default model describe every window of 4 s: captions that"
            + " are missing, and milliseconds from when a window is due (its end and 500 ms of"
            + " grace) to when a read-committed consumer has its caption.")
final class CamerasBenchCommand implements Callable<Integer> {
  @Option(names = "--cameras", description = "That film (25).")
  private int cameras = CamerasPlan.defaults().cameras();

  @Option(names = "--rate", description = "Frames a second of each, all sampled (3).")
  private int rate = CamerasPlan.defaults().rate();

  @Option(names = "--seconds", description = "Of each film, two windows of warming up in it (60).")
  private int seconds = CamerasPlan.defaults().seconds();

  @Mixin private BenchBroker broker = new BenchBroker();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CamerasPlan plan = plan();
    try (Models models = Home.models(engine.options())) {
      return broker.print(context -> new CamerasBench(context, plan, models::describer).run());
    }
  }

  private CamerasPlan plan() {
    return Checked.of(spec, () -> new CamerasPlan(cameras, rate, seconds));
  }
}
