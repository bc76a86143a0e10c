package dev.flamingostreams.plugin;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether anybody works on what was grafted. Instances without the agent that
 * join later are seen by what they do to the group: they refuse what they do not know, and it
 * rebalances without end.
 */
final class Watch {
  /** Rebalances from look to look, more than there are when instances come and go. */
  private static final int MANY = 5;

  private static final int RESTLESS_LOOKS = 2;
  private static final Set<List<String>> WATCHED = ConcurrentHashMap.newKeySet();
  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(1, Watch::daemon);

  private final HostSettings host;
  private final TopologyFile file;
  private final GraftOptions options;
  private final Consumer<String> output;
  private long rebalances;
  private int restless;
  private @Nullable String said;

  private Watch(
      HostSettings host, TopologyFile file, GraftOptions options, Consumer<String> output) {
    this.host = host;
    this.file = file;
    this.options = options;
    this.output = output;
  }

  static void over(
      HostSettings host, TopologyFile file, GraftOptions options, Consumer<String> output) {
    if (!WATCHED.add(List.of(host.applicationId(), file.name()))) {
      return; // a host may make its KafkaStreams again and again
    }
    Watch watch = new Watch(host, file, options, output);
    long every = options.unassignedAfter().toMillis();
    var unused = CLOCK.scheduleWithFixedDelay(watch::look, every, every, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "flamingo-watch");
    thread.setDaemon(true);
    return thread;
  }

  private void look() {
    try (Cluster cluster = Cluster.connect(host.ofChecks(), options.patience())) {
      HostGroup.Work work = new HostGroup(host.applicationId()).work(cluster, file.input().topic());
      if (work == HostGroup.Work.WITHOUT_OURS || rebalancesWithoutEnd()) {
        say(
            "nobody works on all of topic %s: instances %s; stop all of them, then start each with the agent",
            "with and without the agent are mixed");
      }
    } catch (RuntimeException e) {
      say("cannot see whether anybody works on topic %s: %s", e.getMessage());
    }
  }

  private boolean rebalancesWithoutEnd() {
    long before = rebalances;
    rebalances = Rebalances.total(host.clientPrefix());
    restless = rebalances - before >= MANY ? restless + 1 : 0;
    return restless >= RESTLESS_LOOKS;
  }

  /** Each thing once. */
  private void say(String text, @Nullable String what) {
    String line = host.applicationId() + ": " + text.formatted(file.input().topic(), what);
    if (!line.equals(said)) {
      said = line;
      output.accept(line);
    }
  }
}
