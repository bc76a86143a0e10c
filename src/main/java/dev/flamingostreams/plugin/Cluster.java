package dev.flamingostreams.plugin;

import static java.util.Objects.requireNonNull;

import dev.flamingostreams.frames.BrokerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster, asked about topics. Every method throws {@link ClusterException}, one clear line
 * a problem: no broker answers, rights are missing, topics do not exist or are too small.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final String servers;
  private final Duration patience;
  private final Admin admin;

  private Cluster(String servers, Duration patience, Admin admin) {
    this.servers = servers;
    this.patience = patience;
    this.admin = admin;
  }

  /** Connects, with any client settings; {@code bootstrap.servers} must be among them. */
  public static Cluster connect(Map<String, ?> properties) {
    return connect(properties, PATIENCE);
  }

  static Cluster connect(Map<String, ?> properties, Duration patience) {
    Object servers = properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    if (servers == null) {
      throw new ClusterException(
          List.of("bootstrap.servers is not set; name a broker, such as localhost:9092"));
    }
    Map<String, Object> config = new LinkedHashMap<>(properties);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX)) {
            config.put(key.substring(StreamsConfig.ADMIN_CLIENT_PREFIX.length()), value);
          }
        });
    config.keySet().retainAll(AdminClientConfig.configNames());
    int millis = (int) patience.toMillis();
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    Cluster cluster;
    try {
      cluster = new Cluster(servers.toString(), patience, Admin.create(config));
    } catch (KafkaException e) {
      throw new ClusterException(unusable(servers, root(e)), e);
    }
    try {
      cluster.get("describe the cluster", cluster.admin.describeCluster().clusterId());
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static String unusable(Object servers, Throwable root) {
    String message = String.valueOf(root.getMessage());
    return BrokerException.saysNoAddress(message)
        ? "no host of bootstrap.servers %s is known; check the names and that the broker runs"
            .formatted(servers)
        : "cannot connect to bootstrap.servers %s: %s".formatted(servers, message);
  }

  /** Refuses a topology whose topics do not exist, may not be used or are too small. */
  public void check(TopologyFile file) {
    check(file, (state, plan) -> state.problems(plan, file));
  }

  /** The same for who only reads topics. */
  public void checkReadable(TopologyFile file) {
    check(file, (state, plan) -> state.unreadable());
  }

  private void check(
      TopologyFile file, BiFunction<TopicState, TopicPlan, List<String>> problemsOf) {
    List<String> missing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    states(TopicPlan.of(file))
        .forEach(
            (plan, state) ->
                state.ifPresentOrElse(
                    there -> problems.addAll(problemsOf.apply(there, plan)),
                    () -> missing.add(plan.name())));
    if (!missing.isEmpty()) {
      problems.add(
          0,
          "topology %s: no topic %s at %s; run: flamingo topics %s --create --bootstrap-server %3$s"
              .formatted(file.name(), String.join(", ", missing), servers, file.file()));
    }
    if (!problems.isEmpty()) {
      throw new ClusterException(problems);
    }
  }

  /** How a topic is, empty if it does not exist. */
  public Optional<TopicState> state(TopicPlan plan) {
    return states(List.of(plan)).getOrDefault(plan, Optional.empty());
  }

  /** The same of several, asked all at once. */
  private Map<TopicPlan, Optional<TopicState>> states(List<TopicPlan> plans) {
    Map<String, KafkaFuture<TopicDescription>> descriptions =
        admin
            .describeTopics(
                plans.stream().map(TopicPlan::name).distinct().toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    Map<ConfigResource, KafkaFuture<Config>> configs =
        admin.describeConfigs(plans.stream().map(Cluster::resource).distinct().toList()).values();
    Map<TopicPlan, Optional<TopicState>> states = new LinkedHashMap<>();
    for (TopicPlan plan : plans) {
      states.put(plan, state(plan, descriptions.get(plan.name()), configs.get(resource(plan))));
    }
    return states;
  }

  private static ConfigResource resource(TopicPlan plan) {
    return new ConfigResource(ConfigResource.Type.TOPIC, plan.name());
  }

  private Optional<TopicState> state(
      TopicPlan plan,
      @Nullable KafkaFuture<TopicDescription> described,
      @Nullable KafkaFuture<Config> configured) {
    TopicDescription description;
    Config config;
    try {
      description = ask("describe topic " + plan.name(), described);
      config = ask("read the settings of topic " + plan.name(), configured);
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
    return Optional.of(
        new TopicState(
            plan.name(),
            description.partitions().size(),
            description.partitions().get(0).replicas().size(),
            Optional.ofNullable(description.authorizedOperations()),
            config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
  }

  /**
   * Creates the topics that do not exist, and waits until brokers know of them, who learn of it a
   * little later.
   *
   * @param partitions of each, or empty for the broker's default
   * @param replicas of each, or empty for the broker's default
   * @return the names of those that were created
   */
  public Set<String> create(
      List<TopicPlan> plans, Optional<Integer> partitions, Optional<Short> replicas) {
    Set<String> created = new LinkedHashSet<>();
    for (TopicPlan plan : plans) {
      NewTopic topic = new NewTopic(plan.name(), partitions, replicas).configs(plan.config());
      try {
        ask(
            "create topic " + plan.name(),
            admin.createTopics(List.of(topic)).values().get(plan.name()));
        created.add(plan.name());
      } catch (TopicExistsException e) {
        // It is what was asked for.
      }
    }
    plans.stream().filter(plan -> created.contains(plan.name())).forEach(this::awaitKnown);
    return created;
  }

  private void awaitKnown(TopicPlan plan) {
    long end = System.nanoTime() + patience.toNanos();
    while (state(plan).isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** The offsets that a group has committed in a topic, by partition; those without are absent. */
  public Map<Integer, Long> committed(String group, String topic) {
    Map<Integer, Long> offsets = new HashMap<>();
    get(
            "read the offsets of group " + group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (from, offset) -> {
              if (from.topic().equals(topic) && offset != null) {
                offsets.put(from.partition(), offset.offset());
              }
            });
    return offsets;
  }

  /** What an answer of the cluster is, or empty if there is no such group. */
  <T> Optional<T> find(String what, Function<Admin, KafkaFuture<T>> question) {
    try {
      return Optional.of(ask(what, question.apply(admin)));
    } catch (GroupIdNotFoundException e) {
      return Optional.empty();
    } catch (ApiException e) {
      throw failure(what, e);
    }
  }

  /** Refuses a changelog that we may not create, if it is not there, or not even see. */
  void checkChangelog(String topic) {
    NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty());
    KafkaFuture<Void> creation =
        admin
            .createTopics(List.of(wanted), new CreateTopicsOptions().validateOnly(true))
            .values()
            .get(topic);
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
    try {
      ask("create topic " + topic, creation);
    } catch (TopicExistsException e) {
      // Then it need not be created.
    }
    try {
      ask("describe topic " + topic, description);
    } catch (UnknownTopicOrPartitionException e) {
      // It will be created.
    }
  }

  @Override
  public void close() {
    admin.close(patience);
  }

  private <T> T get(String what, @Nullable KafkaFuture<T> answer) {
    try {
      return ask(what, answer);
    } catch (ApiException e) {
      throw failure(what, e);
    }
  }

  /** Lets through what a caller may know how to take. */
  private <T> T ask(String what, @Nullable KafkaFuture<T> answer) {
    try {
      return requireNonNull(answer).get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof GroupIdNotFoundException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof TopicExistsException exists) {
        throw exists;
      }
      throw failure(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failure(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(what, e);
    }
  }

  private ClusterException failure(String what, Throwable cause) {
    String message;
    if (cause instanceof TimeoutException
        || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      message =
          "no broker answers at bootstrap.servers %s within %d s; check the address and that the"
                  .formatted(servers, patience.toSeconds())
              + " broker runs";
    } else if (cause instanceof AuthenticationException) {
      message =
          "%s does not let us in: %s; check security.protocol and sasl.*"
              .formatted(servers, cause.getMessage());
    } else if (cause instanceof AuthorizationException) {
      message =
          "no right to %s at %s: %s; have it granted, or have somebody with the right do it"
              .formatted(what, servers, cause.getMessage());
    } else {
      message = "cannot %s at %s: %s".formatted(what, servers, cause.getMessage());
    }
    return new ClusterException(message.replace('\n', ' '), cause);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
