package dev.flamingostreams.plugin;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * An application's group, as a cluster sees it. A member is known to have our nodes by what it is
 * assigned: someone always has the partitions of our input topic if the members know it.
 *
 * @param id application id
 */
record HostGroup(String id) {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** What the members work on. */
  enum Work {
    /** There are no members. */
    NOBODY,
    /** They are about to be assigned what they work on. */
    UNSETTLED,
    /** A member has our input topic. */
    WITH_OURS,
    /** They work, and none of them on our input topic. */
    WITHOUT_OURS
  }

  /**
   * Waits while members are unsettled, as when an application starts everywhere at once, or are of
   * another kind.
   *
   * @param settling how long members may be unsettled
   * @param leaving how long they may be without ours
   */
  Work settled(Cluster cluster, String input, Duration settling, Duration leaving) {
    long start = System.nanoTime();
    Work work = work(cluster, input);
    while (System.nanoTime() - start < patience(work, settling, leaving).toNanos()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      work = work(cluster, input);
    }
    return work;
  }

  private static Duration patience(Work work, Duration settling, Duration leaving) {
    return switch (work) {
      case NOBODY, WITH_OURS -> Duration.ZERO;
      case UNSETTLED -> settling.compareTo(leaving) > 0 ? settling : leaving;
      case WITHOUT_OURS -> leaving;
    };
  }

  /** Whether the group has ever committed what it did with our input topic. */
  boolean hadOurs(Cluster cluster, String input) {
    return !cluster.committed(id, input).isEmpty();
  }

  Work work(Cluster cluster, String input) {
    Collection<MemberDescription> members =
        cluster
            .find(
                "describe group " + id,
                admin -> admin.describeConsumerGroups(Set.of(id)).describedGroups().get(id))
            .map(ConsumerGroupDescription::members)
            .orElse(List.of());
    if (members.isEmpty()) {
      return Work.NOBODY;
    }
    Set<String> topics =
        members.stream()
            .flatMap(member -> member.assignment().topicPartitions().stream())
            .map(TopicPartition::topic)
            .collect(Collectors.toSet());
    if (topics.isEmpty()) {
      return Work.UNSETTLED;
    }
    return topics.contains(input) ? Work.WITH_OURS : Work.WITHOUT_OURS;
  }
}
