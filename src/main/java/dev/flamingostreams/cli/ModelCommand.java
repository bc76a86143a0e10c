package dev.flamingostreams.cli;

import picocli.CommandLine.Command;

/** What can be done with a model. */
@Command(
    name = "model",
    description = "Fetches, imports, looks at and measures models.",
    subcommands = {
      PullCommand.class,
      ImportCommand.class,
      InspectCommand.class,
      EvaluateCommand.class,
      BenchCommand.class,
      EngineBenchCommand.class,
      BenchSummaryCommand.class,
      CompileCommand.class,
      RandomModelCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {}
