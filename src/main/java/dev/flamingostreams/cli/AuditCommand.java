package dev.flamingostreams.cli;

import dev.flamingostreams.audit.Audit;
import dev.flamingostreams.audit.AuditReport;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.plugin.Units;
import dev.flamingostreams.schema.JsonSerde;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Checks the topics of topologies against each other, one topology after the other. */
@Command(
    name = "audit",
    description =
        "Reads the frames of topologies again and checks that every clip has one caption or one"
            + " dead letter, every undecodable frame one dead letter, and every alert that is due"
            + " is there once. Ends with 5 if not. src/docs/operations.md explains the lines.")
final class AuditCommand implements Callable<Integer> {
  private static final JsonSerde<AuditReport> JSON = new JsonSerde<>(AuditReport.class);

  @Parameters(arity = "1..*", paramLabel = "TOPOLOGY", description = "Files, or use cases by name.")
  private List<String> topologies;

  @Option(names = "--json", description = "Print one line of JSON for each topology.")
  private boolean json;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "0s",
      converter = Converter.class,
      description =
          "Such as 1m: how long to wait for what the topology has not read or described (0s).")
  private Duration wait;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<TopologyFile> files =
        topologies.stream().map(Home::topology).map(TopologyFile::read).toList();
    Map<String, Object> settings = kafka.settings();
    PrintWriter out = spec.commandLine().getOut();
    boolean well = true;
    for (TopologyFile file : files) {
      AuditReport report = Audit.check(settings, file, wait);
      well &= report.well();
      if (json) {
        out.println(JSON.toJson(report));
      } else {
        AuditText.lines(report).forEach(out::println);
      }
      out.flush();
    }
    return well ? ExitCode.OK : ExitCode.LOST;
  }

  /** Durations as in topology files. */
  static final class Converter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Units.duration(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
