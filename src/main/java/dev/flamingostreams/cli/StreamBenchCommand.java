package dev.flamingostreams.cli;

import picocli.CommandLine.Command;

/** Measures whole streams. */
@Command(
    name = "bench",
    description =
        "Measures whole streams, frames in and captions out, and prints one line of JSON. Without"
            + " --bootstrap-server a broker runs in this process.",
    subcommands = {
      ThroughputBenchCommand.class,
      OverlapBenchCommand.class,
      CamerasBenchCommand.class,
      AgentBenchCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class StreamBenchCommand {}
