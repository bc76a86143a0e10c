package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.Joined;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is looked at, all at once, before a topology goes into a host. */
final class GraftChecks {
  private final TopologyFile file;
  private final HostSettings host;
  private final GraftOptions options;
  private final CompletableFuture<Boolean> othersHaveOurs;
  private final List<CompletableFuture<Void>> ours;

  /** Begins with all of them. */
  GraftChecks(
      TopologyFile file,
      HostSettings host,
      GraftOptions options,
      HostModels models,
      CompletableFuture<Cluster> cluster) {
    this.file = file;
    this.host = host;
    this.options = options;
    othersHaveOurs =
        options.alongside()
            ? CompletableFuture.completedFuture(false)
            : cluster.thenApplyAsync(this::othersHaveOurs, Aside.THREADS);
    ours =
        List.of(
            CompletableFuture.runAsync(() -> models.check(file), Aside.THREADS),
            ask(cluster, connected -> connected.check(file)),
            ask(cluster, this::checkChangelogs));
  }

  TopologyFile file() {
    return file;
  }

  /**
   * Where the other instances have our nodes, this one must have them too, whatever is wrong here:
   * a group of mixed instances would rebalance without end. They are switched off then.
   *
   * @return what is wrong then
   * @throws GraftException if the host is to stay as it is
   */
  Optional<String> fault() {
    boolean others = Joined.of(othersHaveOurs);
    try {
      ours.forEach(Joined::of);
      return Optional.empty();
    } catch (TopologyException | ClusterException | GraftException e) {
      if (!others || options.strict()) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static CompletableFuture<Void> ask(
      CompletableFuture<Cluster> cluster, Consumer<Cluster> question) {
    return cluster.thenAcceptAsync(question, Aside.THREADS);
  }

  /** Refuses a group whose other instances are without. */
  private boolean othersHaveOurs(Cluster cluster) {
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
  private void checkChangelogs(Cluster cluster) {
    if (!options.alongside()) {
      cluster.checkChangelog(
          "%s-%s-clips-streams-changelog".formatted(host.applicationId(), file.name()));
    }
  }
}
