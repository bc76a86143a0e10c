package dev.flamingostreams.cli;

import dev.flamingostreams.dashboard.Accounts;
import dev.flamingostreams.dashboard.Board;
import dev.flamingostreams.dashboard.BrokerCheck;
import dev.flamingostreams.dashboard.Health;
import dev.flamingostreams.dashboard.Spectator;
import dev.flamingostreams.dashboard.WebServer;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.TopologyFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows topologies in the browser, wherever they run. */
@Command(
    name = "dashboard",
    description =
        "Serves a page with the cameras, captions and alerts of topologies, read from their topics,"
            + " until it is interrupted. The topologies may run anywhere.")
final class DashboardCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "TOPOLOGY", description = "Files, or use cases by name.")
  private List<String> topologies;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Mixin private HttpOptions http = new HttpOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<TopologyFile> files =
        topologies.stream().map(Home::topology).map(TopologyFile::read).toList();
    Map<String, Object> settings = kafka.settings();
    try (Cluster cluster = Cluster.connect(settings)) {
      files.forEach(cluster::checkReadable);
    }
    Board board = Watchpost.board(files);
    Accounts accounts = new Accounts(Map.of());
    Health health = new Health();
    try (Stop stop = new Stop();
        WebServer server = http.openOrFail();
        BrokerCheck broker = BrokerCheck.start(settings);
        Spectator spectator =
            Spectator.start(Watchpost.watched(files), settings, board, accounts)) {
      health.ready(broker);
      server.with(health).with(board, accounts, health);
      spec.commandLine().getOut().println("dashboard at " + server.address());
      spec.commandLine().getOut().flush();
      CompletableFuture.anyOf(spectator.ended(), stop.asked()).get();
    }
    return ExitCode.OK;
  }
}
