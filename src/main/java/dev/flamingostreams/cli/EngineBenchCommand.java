package dev.flamingostreams.cli;

import dev.flamingostreams.bench.BenchPlan;
import dev.flamingostreams.bench.EngineBench;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures one engine. */
@Command(
    name = "bench-engine",
    description =
        "Runs a model on one engine and prints a line of JSON for each number of clips and frames:"
            + " milliseconds of each graph and of the whole; with --clips also how many of so many"
            + " clips it describes just as ONNX Runtime does on the CPU.")
final class EngineBenchCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(
      names = "--engine",
      defaultValue = "tensorrt",
      description = "auto, onnxruntime or tensorrt (tensorrt).")
  private EngineKind engine;

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(names = "--frames", split = ",", defaultValue = "8,30", description = "Each (8,30).")
  private List<Integer> frames;

  @Option(names = "--batch", split = ",", defaultValue = "1,8,16", description = "Each (1,8,16).")
  private List<Integer> batches;

  @Option(names = "--rounds", defaultValue = "20", description = "Of each (20).")
  private int rounds;

  @Option(names = "--clips", defaultValue = "0", description = "Compared with the CPU (0).")
  private int clips;

  @Option(
      names = "--save-clips",
      paramLabel = "DIRECTORY",
      description = "Write the clips there, for src/bench/eager.py to measure the same.")
  private @Nullable Path saved;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<BenchPlan> plans = plans();
    EngineBench bench = new EngineBench(ModelDirectory.open(Home.model(model)), options());
    checkClips(bench);
    if (saved != null) {
      save(bench, plans, saved);
    }
    bench.prepare(plans, clips);
    if (clips > 0) {
      print(bench.agreement(clips, frames.get(0), batches.get(0)));
    }
    plans.forEach(plan -> print(bench.measure(plan)));
    return ExitCode.OK;
  }

  private EngineOptions options() {
    EngineChoice choice = EngineChoice.auto().withKind(engine).withProcessor(device.processor());
    Set<String> told = new HashSet<>(); // each number of clips opens the engine anew
    return EngineOptions.defaults()
        .withChoice(choice)
        .withNotes(
            line -> {
              if (told.add(line)) {
                note(line);
              }
            });
  }

  private void checkClips(EngineBench bench) {
    Checked.of(spec, () -> bench.checked(clips, frames.get(0)));
    if (clips > 0 && bench.version().equals(bench.referenceVersion())) {
      throw new CommandException(
          ExitCode.FAILED,
          "--clips %d compares with %s, and that is what would be measured; leave it out"
                  .formatted(clips, bench.referenceVersion())
              + " or name another --engine or --device");
    }
  }

  private static void save(EngineBench bench, List<BenchPlan> plans, Path into) {
    try {
      for (BenchPlan plan : plans) {
        bench.save(plan, into);
      }
    } catch (IOException e) {
      throw Unwritable.of("--save-clips", into, e);
    }
  }

  private List<BenchPlan> plans() {
    return batches.stream()
        .flatMap(batch -> frames.stream().map(count -> plan(count, batch)))
        .toList();
  }

  private BenchPlan plan(int count, int batch) {
    return Checked.of(
        spec,
        () -> new BenchPlan(count, batch, Runtime.getRuntime().availableProcessors(), rounds));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  private void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
