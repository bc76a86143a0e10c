package dev.flamingostreams.cli;

import dev.flamingostreams.bench.streams.BenchContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The broker that streams are measured on, and where results go. */
final class BenchBroker {
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** What is measured; a line of JSON. */
  interface Measurement {
    String run(BenchContext context);
  }

  /**
   * Runs it on the broker that is named, or on one of its own; progress goes to standard error.
   * Ctrl-C and TERM have it end at its next step and delete what it has made.
   */
  int print(Measurement measurement) throws IOException {
    try (Stop stop = new Stop()) {
      try {
        spec.commandLine().getOut().println(run(measurement, stop.asked()::isDone));
        return ExitCode.OK;
      } catch (RuntimeException e) {
        if (!stop.asked().isDone()) {
          throw e;
        }
        note(stopped(e));
        return ExitCode.INTERRUPTED;
      }
    }
  }

  private String run(Measurement measurement, BooleanSupplier stopped) throws IOException {
    if (kafka.nameBroker()) {
      return measurement.run(new BenchContext(kafka.settings(), this::note, stopped));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
      return measurement.run(
          new BenchContext(kafka.settings(broker.bootstrapServers()), this::note, stopped));
    }
  }

  private static String stopped(RuntimeException end) {
    Throwable[] leftBehind = end.getSuppressed();
    return leftBehind.length == 0
        ? "stopped: its topics and files are deleted"
        : "stopped: not all that it made could be deleted: " + Failures.line(leftBehind[0]);
  }

  private void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
