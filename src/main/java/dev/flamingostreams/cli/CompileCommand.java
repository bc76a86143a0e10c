package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles ahead of the first use. */
@Command(
    name = "compile",
    description =
        "Compiles a model for a GPU and keeps the result, so that the first start does not have to:"
            + " for captions, or for what topologies ask of it.")
final class CompileCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(
      names = "--topology",
      paramLabel = "FILE",
      description = "Compile for this topology, with the model that it names; may be repeated.")
  private List<String> topologies = List.of();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  /** A describer is ready when all that it needs is compiled. */
  @Override
  public Integer call() {
    if (!topologies.isEmpty()) {
      new Given(spec).refuseArgument("name a model, or topologies, which name theirs");
    }
    new Given(spec)
        .refuse(
            List.of("--engine-linger", "--engine-cache"),
            "is for clips, and none is described; leave it out");
    EngineOptions options = engine.options();
    if (options.choice().kind() == EngineKind.ONNXRUNTIME) {
      throw new CommandException(
          ExitCode.USAGE, "--engine onnxruntime compiles nothing that is kept; leave it out");
    }
    EngineChoice tensorRt = options.choice().withKind(EngineKind.TENSORRT); // the one that compiles
    try (Models models = Home.models(options.withChoice(tensorRt))) {
      if (topologies.isEmpty()) {
        models.describer(Home.model(model), Task.plain());
      }
      List<TopologyFile> files = files();
      Function<TopologyFile, Describer> describers = models.describers(files);
      for (TopologyFile file : files) {
        Describer unused = describers.apply(file);
      }
    }
    return ExitCode.OK;
  }

  private List<TopologyFile> files() {
    List<TopologyFile> files = new ArrayList<>();
    for (String name : topologies) {
      TopologyFile file = TopologyFile.read(Home.topology(name));
      if (file.engine().kind() == EngineKind.ONNXRUNTIME) {
        engine.note(file.file() + ": its engine, onnxruntime, compiles nothing that is kept");
      } else {
        files.add(file);
      }
    }
    return files;
  }
}
