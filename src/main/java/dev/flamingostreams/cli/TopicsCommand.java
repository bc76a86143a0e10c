package dev.flamingostreams.cli;

import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopicState;
import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes or creates the topics of topologies. */
@Command(
    name = "topics",
    description = "Describes the topics that topologies need, or creates those that are missing.")
final class TopicsCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "TOPOLOGY", description = "Files, or use cases by name.")
  private List<String> topologies;

  @Option(names = "--create", description = "Create what is missing.")
  private boolean create;

  @Option(names = "--partitions", description = "Of a new topic (the broker's default).")
  private Optional<Integer> partitions;

  @Option(names = "--replicas", description = "Of a new topic (the broker's default).")
  private Optional<Short> replicas;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<TopologyFile> files =
        topologies.stream().map(Home::topology).map(TopologyFile::read).toList();
    try (Cluster cluster = Cluster.connect(kafka.settings())) {
      for (TopologyFile file : files) {
        if (create) {
          Set<String> created = cluster.create(TopicPlan.of(file), partitions, replicas);
          created.forEach(name -> out().println("created " + name));
        }
        TopicPlan.of(file).forEach(plan -> print(plan, cluster.state(plan)));
        out().flush();
        cluster.check(file);
      }
    }
    return ExitCode.OK;
  }

  private void print(TopicPlan plan, Optional<TopicState> state) {
    String found =
        state.map(TopicsCommand::described).orElse("missing; flamingo topics --create makes it");
    out().printf("%-24s %-13s %s%n", plan.name(), plan.role(), found);
  }

  private static String described(TopicState state) {
    return "%d partitions, %d replicas, max.message.bytes %s, retention.ms %s"
        .formatted(
            state.partitions(),
            state.replicas(),
            state.config().get("max.message.bytes"),
            state.config().get("retention.ms"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
