package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** What the agent calls, by name, when a host is about to make its {@code KafkaStreams}. */
public final class Graft {
  private static final Set<Topology> GRAFTED =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));
  private static final Set<String> ALONGSIDE = ConcurrentHashMap.newKeySet();

  private final HostSettings host;
  private final GraftOptions options;
  private final HostModels models;
  private final Consumer<String> output;

  private Graft(
      HostSettings host, GraftOptions options, HostModels models, Consumer<String> output) {
    this.host = host;
    this.options = options;
    this.models = models;
    this.output = output;
  }

  /**
   * Adds topologies to a host's own, or starts them alongside, after every check that can be made.
   *
   * @param topology a {@code Topology}, complete
   * @param config the {@code StreamsConfig} that it will run with
   * @param options of the agent
   * @param home where the distribution lies
   * @param output takes lines for the host's operator
   * @throws GraftException if the host is to stay as it is; it is untouched then
   */
  public static void onto(
      Object topology,
      Object config,
      Map<String, String> options,
      Path home,
      Consumer<String> output) {
    if (GRAFTED.contains(topology)) {
      return; // the host makes another KafkaStreams of it, and it has our nodes already
    }
    try {
      GraftOptions read = GraftOptions.read(options, home);
      HostModels models = HostModels.in(home, read.threads(), read.niceness());
      new Graft(new HostSettings((StreamsConfig) config), read, models, output)
          .onto((Topology) topology);
    } catch (TopologyException | ClusterException e) {
      throw new GraftException(String.valueOf(e.getMessage()), e);
    }
  }

  private void onto(Topology topology) {
    if (!options.alongside()) {
      refuseProtocol();
      options.topologies().forEach(file -> refuseTopology(topology, file));
    }
    Map<TopologyFile, String> faults = new HashMap<>();
    try (Cluster cluster = Cluster.connect(host.ofChecks(), options.patience())) {
      options.topologies().forEach(file -> check(cluster, file, faults));
    }
    if (options.alongside()) {
      options.topologies().stream()
          .filter(file -> ALONGSIDE.add(file.applicationId()))
          .forEach(file -> Alongside.start(file, host, models, output));
    } else {
      options.topologies().forEach(file -> add(topology, file, faults.get(file)));
      GRAFTED.add(topology);
    }
  }

  /**
   * With this protocol the cluster remembers a group's topology and ends every instance that comes
   * with another one, also after all have stopped: the host could never again do without us.
   */
  private void refuseProtocol() {
    Object protocol = host.all().get("group.protocol");
    if (protocol != null && protocol.toString().equalsIgnoreCase("streams")) {
      throw new GraftException(
          "group.protocol=streams does not let a topology change; use mode=alongside");
    }
  }

  private void refuseTopology(Topology topology, TopologyFile file) {
    HostTopology ours = HostTopology.of(alone(file));
    HostTopology.of(topology).refuse(file, ours);
  }

  private static Topology alone(TopologyFile file) {
    return VideoTopology.addTo(
        new Topology(),
        file,
        () -> {
          throw new IllegalStateException("this one never runs");
        },
        Ledgers.create());
  }

  /**
   * Where the other instances have our nodes, this one must have them too, whatever is wrong here:
   * a group of mixed instances would rebalance without end. They are switched off then.
   */
  private void check(Cluster cluster, TopologyFile file, Map<TopologyFile, String> faults) {
    boolean others = !options.alongside() && othersHaveOurs(cluster, file);
    try {
      models.check(file);
      cluster.check(file);
      if (!options.alongside()) {
        refuseChangelogs(cluster, file);
      }
    } catch (TopologyException | ClusterException | GraftException e) {
      if (!others || options.strict()) {
        throw e;
      }
      faults.put(file, String.valueOf(e.getMessage()));
    }
  }

  /** Refuses a group whose other instances are without. */
  private boolean othersHaveOurs(Cluster cluster, TopologyFile file) {
    HostGroup group = new HostGroup(host.applicationId());
    HostGroup.Work work =
        group.settled(cluster, file.input().topic(), options.patience(), options.waitForGroup());
    if (work == HostGroup.Work.WITHOUT_OURS && !options.trustGroup()) {
      throw new GraftException(
          "other instances of %s run without it; stop all, wait for session.timeout.ms (45 s by default), start each with the agent"
              .formatted(host.applicationId()));
    }
    // after a crash members that are dead may hold a rebalance up until their session is over
    if (work == HostGroup.Work.UNSETTLED
        && !options.trustGroup()
        && !group.hadOurs(cluster, file.input().topic())) {
      throw new GraftException(
          "other instances of %s are rebalancing, and may be without it; start this one again when they are not, or say trust-group=true if all have the agent"
              .formatted(host.applicationId()));
    }
    return work == HostGroup.Work.WITH_OURS;
  }

  /** Hosts without state may lack the right to create topics, and would end for want of it. */
  private void refuseChangelogs(Cluster cluster, TopologyFile file) {
    cluster.checkCreation(
        "%s-%s-clips-streams-changelog".formatted(host.applicationId(), file.name()));
  }

  private void add(Topology topology, TopologyFile file, @Nullable String fault) {
    Switch lights =
        new Switch(
            "video description '%s' of %s".formatted(file.name(), host.applicationId()), output);
    HostGuard guard = new HostGuard(host.mostRequestBytes(), lights);
    BackgroundDescriber describer =
        fault == null
            ? BackgroundDescriber.load(() -> models.describer(file), options.failures(), lights)
            : BackgroundDescriber.unable(lights, fault);
    VideoTopology.addTo(
        topology, file.neverWaiting(), () -> describer, Ledgers.create(), new Landing(), guard);
    Watch.over(host, file, options, output);
    if (fault != null) {
      return;
    }
    output.accept(
        "%s describes video too: '%s' reads topic %s, writes %s"
            .formatted(
                host.applicationId(),
                file.name(),
                file.input().topic(),
                file.outputs().captions()));
  }
}
