package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** What the agent calls, by name, when a host is about to make its {@code KafkaStreams}. */
public final class Graft {
  private static final Set<Topology> GRAFTED =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));
  private static final Set<String> ALONGSIDE = ConcurrentHashMap.newKeySet();

  private static final Duration MODEL_AFTER = Duration.ofSeconds(1);

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
    HostSettings host = new HostSettings((StreamsConfig) config);
    CompletableFuture<Cluster> cluster =
        Aside.begin(() -> Cluster.connect(host.ofChecks(), GraftOptions.patience(options)));
    try {
      GraftOptions read = GraftOptions.read(options, home);
      HostModels models = HostModels.in(home, read.threads(), read.niceness());
      new Graft(host, read, models, output).onto((Topology) topology, cluster);
    } catch (TopologyException | ClusterException e) {
      throw new GraftException(String.valueOf(e.getMessage()), e);
    } finally {
      var unused = cluster.thenAcceptAsync(Cluster::close, Aside.THREADS);
    }
  }

  private void onto(Topology topology, CompletableFuture<Cluster> cluster) {
    if (!options.alongside()) {
      refuseProtocol();
    }
    Map<TopologyFile, String> faults = new HashMap<>();
    List<GraftChecks> checks = options.topologies().stream().map(begin(cluster)).toList();
    if (!options.alongside()) {
      options.topologies().forEach(file -> refuseTopology(topology, file));
    }
    checks.forEach(check -> check.fault().ifPresent(fault -> faults.put(check.file(), fault)));
    if (options.alongside()) {
      options.topologies().stream()
          .filter(file -> ALONGSIDE.add(file.applicationId()))
          .forEach(file -> new Alongside(file, host, output).start(models::describer));
    } else {
      options.topologies().forEach(file -> add(topology, file, faults.get(file)));
      GRAFTED.add(topology);
    }
  }

  private Function<TopologyFile, GraftChecks> begin(CompletableFuture<Cluster> cluster) {
    return file -> new GraftChecks(file, host, options, models, cluster);
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

  private void add(Topology topology, TopologyFile file, @Nullable String fault) {
    Switch lights =
        new Switch(
            "video description '%s' of %s".formatted(file.name(), host.applicationId()), output);
    HostGuard guard = new HostGuard(host.mostRequestBytes(), lights);
    BackgroundDescriber describer =
        fault == null
            ? new BackgroundDescriber(
                () -> models.describer(file), MODEL_AFTER, options.failures(), lights)
            : BackgroundDescriber.unable(lights, fault);
    VideoTopology.addTo(
        topology, file.neverWaiting(), describer::loading, Ledgers.create(), new Landing(), guard);
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
