package dev.flamingostreams.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What an application's topology has.
 *
 * @param names of nodes and stores
 * @param topics that it reads
 * @param patterns of topics that it reads
 */
record HostTopology(Set<String> names, Set<String> topics, List<Pattern> patterns) {

  static HostTopology of(Topology topology) {
    HostTopology found = new HostTopology(new HashSet<>(), new HashSet<>(), new ArrayList<>());
    TopologyDescription description = topology.describe();
    description.subtopologies().forEach(part -> part.nodes().forEach(found::add));
    for (TopologyDescription.GlobalStore store : description.globalStores()) {
      found.add(store.source());
      found.add(store.processor());
    }
    return found;
  }

  private void add(TopologyDescription.Node node) {
    names.add(node.name());
    if (node instanceof TopologyDescription.Source source) {
      Optional.ofNullable(source.topicSet()).ifPresent(topics::addAll);
      Optional.ofNullable(source.topicPattern()).ifPresent(patterns::add);
    } else if (node instanceof TopologyDescription.Processor processor) {
      names.addAll(processor.stores());
    }
  }

  /** Refuses a topology that cannot be added to this one without changing what this one does. */
  void refuse(TopologyFile file, HostTopology ours) {
    for (String name : ours.names) {
      if (names.contains(name)) {
        throw new GraftException(
            "the application has a node or store '%s' too; change the name in %s"
                .formatted(name, file.file()));
      }
    }
    for (TopicPlan plan : TopicPlan.of(file)) {
      boolean input = plan.role().equals(TopicPlan.INPUT);
      if (input && topics.contains(plan.name())) {
        throw new GraftException(
            "the application reads topic %s itself, and can read it once only; use mode=alongside"
                .formatted(plan.name()));
      }
      refusePatterns(plan, file);
    }
  }

  private void refusePatterns(TopicPlan plan, TopologyFile file) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(plan.name()).matches()) {
        throw new GraftException(
            "the application reads every topic like %s, and so %s; give %s another %s topic, or use mode=alongside"
                .formatted(pattern, plan.name(), file.file(), plan.role()));
      }
    }
  }
}
