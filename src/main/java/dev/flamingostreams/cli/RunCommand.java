package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.Ledgers;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs topologies on a cluster until it is told to stop. */
@Command(
    name = "run",
    description = "Runs topology files on a Kafka cluster until it is interrupted.")
final class RunCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "TOPOLOGY", description = "Files, or use cases by name.")
  private List<String> topologies;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--dashboard",
      description = "Serve the dashboard too, where health and metrics are served.")
  private boolean dashboard;

  @Mixin private HttpOptions http = new HttpOptions();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (http.areOff()) {
      new Given(spec).refuse(List.of("--dashboard"), "is served at --http, which is off");
    }
    List<TopologyFile> files =
        topologies.stream().map(Home::topology).map(TopologyFile::read).toList();
    Map<String, Object> settings = kafka.streamsSettings();
    try (Stop stop = new Stop();
        Models models = Home.models(engine.options());
        Watchpost post = Watchpost.open(http.open(), files, settings)) {
      if (dashboard) {
        post.dashboard().ifPresent(address -> out().println("dashboard at " + address));
      }
      Runner runner = Runner.start(files, settings, post.measured(models.describers(files)));
      post.watch(runner, models);
      try {
        await(runner, files, stop);
      } finally {
        runner.close(); // commits what the summary is about to count
        runner.ledgers().forEach(this::print);
      }
    }
    return ExitCode.OK;
  }

  private void await(Runner runner, List<TopologyFile> files, Stop stop)
      throws InterruptedException, ExecutionException {
    CompletableFuture.anyOf(runner.started(), stop.asked()).get();
    if (!stop.asked().isDone()) {
      files.forEach(file -> out().println(file.name() + " runs"));
      out().flush();
      CompletableFuture.anyOf(runner.finished(), stop.asked()).get();
    }
  }

  private void print(String topology, Ledgers ledgers) {
    out().println(topology + " has ended:");
    ledgers.all().forEach(ledger -> out().println("  " + ledger));
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
