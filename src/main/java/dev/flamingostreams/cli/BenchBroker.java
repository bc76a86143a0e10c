package dev.flamingostreams.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The broker that streams are measured on, and where results go. */
final class BenchBroker {
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** What is measured, given client settings; a line of JSON. */
  interface Measurement {
    String run(Map<String, Object> kafka);
  }

  /** Runs it on the broker that is named, or on one of its own. */
  int print(Measurement measurement) throws IOException {
    if (kafka.nameBroker()) {
      return print(measurement, kafka.settings());
    }
    try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
      return print(measurement, kafka.settings(broker.bootstrapServers()));
    }
  }

  /** To standard error, as it goes. */
  void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private int print(Measurement measurement, Map<String, Object> settings) {
    spec.commandLine().getOut().println(measurement.run(settings));
    return ExitCode.OK;
  }
}
