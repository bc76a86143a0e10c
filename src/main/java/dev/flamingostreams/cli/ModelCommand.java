package dev.flamingostreams.cli;

import picocli.CommandLine.Command;

/** What can be done with a model. */
@Command(
    name = "model",
    description = "Looks at a model.",
    subcommands = EvaluateCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class ModelCommand {}
