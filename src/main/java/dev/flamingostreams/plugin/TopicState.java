package dev.flamingostreams.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it is on a cluster.
 *
 * @param rights what we may do with it, if the broker says
 */
public record TopicState(
    String name,
    int partitions,
    int replicas,
    Optional<Set<AclOperation>> rights,
    Map<String, String> config) {
  // A broker's default limit is 12 bytes more than 1 MB; what frames a record takes more.
  private static final int SLACK_BYTES = 64;

  public TopicState {
    config = Map.copyOf(config);
  }

  /** What keeps it from being read. */
  List<String> unreadable() {
    return without(AclOperation.READ);
  }

  private List<String> without(AclOperation needed) {
    return rights.isPresent() && !rights.get().contains(needed)
        ? List.of("topic %s: no right to %s; have it granted to this user".formatted(name, needed))
        : List.of();
  }

  /** What keeps it from being used as planned, one a line. */
  List<String> problems(TopicPlan plan, TopologyFile file) {
    List<String> problems = new ArrayList<>();
    boolean input = plan.role().equals(TopicPlan.INPUT);
    problems.addAll(without(input ? AclOperation.READ : AclOperation.WRITE));
    String limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (limit == null) {
      return problems;
    }
    long bytes = Long.parseLong(limit);
    if (input && bytes > (long) plan.maxBytes() + SLACK_BYTES) {
      problems.add(
          "topic %s takes records of %d bytes, more than input.max-bytes of %s; raise that to %dKB"
              .formatted(name, bytes, file.file(), (bytes + 1_023) / 1_024));
    }
    if (!input && bytes < plan.maxBytes()) {
      problems.add(
          "topic %s: max.message.bytes is %d, but %s need %d; raise it (kafka-configs --alter)"
              .formatted(name, bytes, plan.role(), plan.maxBytes()));
    }
    return problems;
  }
}
