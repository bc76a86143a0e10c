package dev.flamingostreams.bench.hosts;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.bench.RandomModel;
import dev.flamingostreams.bench.Spread;
import dev.flamingostreams.bench.streams.BenchContext;
import dev.flamingostreams.bench.streams.Filming;
import dev.flamingostreams.bench.streams.Sandbox;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the agent costs the application that it is in: the start of some that do not touch Kafka,
 * and, of one of Kafka Streams, how much later it processes its first record and how many records
 * per second it moves while a camera is described by a model that takes seconds for each clip, and
 * while there is no camera.
 */
public final class AgentBench {
  private static final int PARTITIONS = 2;

  /** Of our own; it loads a thousand classes, none of Kafka Streams. */
  private static final String PROGRAM = "dev.flamingostreams.cli.Main";

  private static final String MODEL = "100m";
  private static final String TEXT = "the quick brown fox jumps over the lazy dog ";

  /** 30 frames a clip: about five seconds for that model on one core. */
  private static final int RATE = 6;

  private static final String OPTIONS = ",strict=true,threads=1";

  private static final String CLIPS = "clips: {length: 5s, rate: %d/s}".formatted(RATE);

  private final BenchContext context;
  private final Path home;
  private final AgentPlan plan;

  /**
   * @param home of the distribution, with {@code agent} and {@code lib}
   */
  public AgentBench(BenchContext context, Path home, AgentPlan plan) {
    this.context = context;
    this.home = home.toAbsolutePath();
    this.plan = plan;
  }

  /**
   * An application of Kafka Streams.
   *
   * @param words topic that it counts
   * @param records of it until it has done enough
   */
  private record Host(String name, String words, long records) {}

  /**
   * One run of an application of Kafka Streams.
   *
   * @param perSecond of all records, the JVM warms up with the first
   * @param settledPerSecond of the second half
   */
  private record Run(double firstSeconds, double perSecond, double settledPerSecond) {}

  /** Without the agent, with it but no camera, so that its model is loaded and waits, with both. */
  private enum Side {
    WITHOUT,
    WAITING,
    WITH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The rounds of each side, the first of which warms up. */
  private record Hosts(Map<Side, List<Run>> runs) {

    void add(Side side, Run run) {
      runs.computeIfAbsent(side, s -> new ArrayList<>()).add(run);
    }

    void put(ObjectNode all, String name, ToDoubleFunction<Run> figure) {
      List<Double> alone = each(figure, Side.WITHOUT);
      List<Double> waiting = each(figure, Side.WAITING);
      ObjectNode figures = AgentBench.put(all, name, alone, each(figure, Side.WITH));
      figures.set("waiting", spread(waiting));
      figures.set("waiting_ratio", ratio(waiting, alone));
    }

    private List<Double> each(ToDoubleFunction<Run> figure, Side side) {
      return rest(of(side)).stream().map(figure::applyAsDouble).toList();
    }

    private List<Run> of(Side side) {
      return runs.getOrDefault(side, List.of());
    }

    /** The latest round, in words. */
    String latest() {
      return runs.keySet().stream()
          .map(side -> "%s %s".formatted(side, last(of(side))))
          .collect(joining("; "));
    }
  }

  /** How far an application was. */
  private record Mark(long nanos, long records) {
    double perSecondTo(Mark later) {
      return (later.records - records) / ((later.nanos - nanos) / 1e9);
    }
  }

  /** One line of JSON. */
  public String run() {
    try (Sandbox sandbox = new Sandbox(context, PARTITIONS)) {
      Path model = sandbox.directory().resolve("model");
      RandomModel.write(MODEL, model);
      String words = sandbox.topic("words");
      fill(sandbox, words);
      ObjectNode all = new JsonMapper().createObjectNode();
      all.put("bench", "agent").put("cpus", Runtime.getRuntime().availableProcessors());
      starts(sandbox, all);
      hosts(sandbox, model, words, all);
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a model to measure with", e);
    }
  }

  private void starts(Sandbox sandbox, ObjectNode all) throws IOException {
    TopologyFile file = sandbox.topology("idle", sandbox.name("idle-frames"), CLIPS);
    String idle = IdleAgent.write(sandbox.directory()).toString();
    starts("hello", IdleHost.class.getName(), idle, agent(file, ""), all);
    starts("program", PROGRAM, idle, agent(file, ""), all);
  }

  private void starts(String name, String application, String idle, String ours, ObjectNode all) {
    List<Double> without = new ArrayList<>();
    List<Double> idling = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = 0; i <= plan.starts(); i++) {
      context.goOn();
      without.add(start(application, ""));
      idling.add(start(application, idle));
      with.add(start(application, ours));
    }
    context.tell(
        "%d starts of a %s, without, with an agent that does nothing and with ours"
            .formatted(plan.starts(), name));
    ObjectNode figures = put(all, name + "_start_ms", rest(without), rest(with));
    figures.set("idle_agent", spread(rest(idling)));
    figures.set("idle_agent_ratio", ratio(rest(with), rest(idling)));
  }

  private String agent(TopologyFile file, String options) {
    return "%s=%s%s".formatted(home.resolve("agent/flamingo-agent.jar"), file.file(), options);
  }

  private double start(String application, String agent) {
    long start = System.nanoTime();
    try (Jvm jvm = Jvm.start(home, application, agent, List.of("--help"))) {
      jvm.awaitEnd();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private void hosts(Sandbox sandbox, Path model, String words, ObjectNode all) {
    Hosts hosts = new Hosts(new EnumMap<>(Side.class));
    List<Double> clipSeconds = new ArrayList<>();
    String clips = CLIPS + "\nmodel: '%s'".formatted(model);
    for (int i = 0; i <= plan.rounds(); i++) {
      for (Side side : order(i)) {
        TopologyFile file = described(sandbox, name(side, i), clips);
        Host host = new Host(name(side, i), words, plan.recordsOf(i));
        hosts.add(side, run(sandbox, side, host, file));
        if (side == Side.WITH) {
          clipSeconds.addAll(clipSeconds(sandbox, file));
        }
      }
      context.tell("round %d of %d: %s".formatted(i, plan.rounds(), hosts.latest()));
    }
    hosts.put(all, "first_record_ms", run -> run.firstSeconds() * 1e3);
    hosts.put(all, "records_per_s", Run::perSecond);
    hosts.put(all, "settled_records_per_s", Run::settledPerSecond);
    all.put("captions", clipSeconds.size());
    if (clipSeconds.isEmpty()) {
      context.tell(
          "no clip was described in all that time, so this says little of a model at work;"
              + " raise --records for longer rounds");
    } else {
      all.set("clip_s", spread(clipSeconds));
    }
  }

  /** Another one each round: what a host leaves to the broker and the disk slows the next one. */
  private static List<Side> order(int round) {
    List<Side> sides = new ArrayList<>(List.of(Side.values()));
    Collections.rotate(sides, round);
    return sides;
  }

  private static String name(Side side, int round) {
    return side + "-" + round;
  }

  private Run run(Sandbox sandbox, Side side, Host host, TopologyFile file) {
    String agent = agent(file, OPTIONS);
    return switch (side) {
      case WITHOUT -> run(sandbox, host, "");
      case WAITING -> run(sandbox, host, agent);
      case WITH -> {
        String frames = file.input().topic();
        try (Filming filming =
            new Filming(over -> LiveCamera.film(sandbox.settings(), frames, RATE, over))) {
          filming.start();
          yield run(sandbox, host, agent);
        }
      }
    };
  }

  private static TopologyFile described(Sandbox sandbox, String name, String clips) {
    return sandbox.topology(name, sandbox.name(name + "-frames"), clips);
  }

  private Run run(Sandbox sandbox, Host host, String agent) {
    String group = sandbox.name(host.name + "-host");
    List<String> arguments =
        List.of(
            sandbox.settingsFile().toString(),
            group,
            sandbox.directory().resolve(host.name).toString(),
            host.words,
            sandbox.topic(host.name + "-counts"));
    Map<TopicPartition, Long> ends = sandbox.ends(host.words);
    long start = System.nanoTime();
    try (Jvm jvm = Jvm.start(home, WordCountHost.class.getName(), agent, arguments)) {
      jvm.await(WordCountHost.FIRST);
      Mark first = new Mark(System.nanoTime(), 0);
      CompletableFuture<Void> life = jvm.life();
      Mark half = await(sandbox, life, group, ends, host.records / 2);
      Mark last = await(sandbox, life, group, ends, host.records);
      return new Run((first.nanos - start) / 1e9, first.perSecondTo(last), half.perSecondTo(last));
    }
  }

  private static Mark await(
      Sandbox sandbox,
      CompletableFuture<Void> life,
      String group,
      Map<TopicPartition, Long> ends,
      long records) {
    sandbox.await(life, () -> sandbox.read(group, ends) >= records);
    return new Mark(System.nanoTime(), sandbox.read(group, ends));
  }

  private void fill(Sandbox sandbox, String topic) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(sandbox.settings(), new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < plan.records(); i++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, i % PARTITIONS, "key-" + i, TEXT + i));
      }
    }
  }

  /** What the model took for each clip that it described. */
  private static List<Double> clipSeconds(Sandbox sandbox, TopologyFile file) {
    Topic<String, Caption> topic = Topic.captions(file.outputs().captions());
    List<Double> seconds = new ArrayList<>();
    try (KafkaConsumer<String, Caption> consumer =
        new KafkaConsumer<>(
            new HashMap<>(sandbox.settings()),
            topic.keySerde().deserializer(),
            topic.valueSerde().deserializer())) {
      List<TopicPartition> partitions = sandbox.partitions(topic.name());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> seconds.add(seconds(record.value().timing())));
      }
    }
    return seconds;
  }

  private static double seconds(Caption.Timing timing) {
    return (timing.visionMicros() + timing.decodeMicros()) / 1e6;
  }

  /** The first of each warms up the machine's caches. */
  private static <T> List<T> rest(List<T> all) {
    return all.subList(1, all.size());
  }

  private static String last(List<Run> runs) {
    Run run = runs.get(runs.size() - 1);
    return "%.1f s to the first record, %.0f records/s, %.0f of the second half"
        .formatted(run.firstSeconds(), run.perSecond(), run.settledPerSecond());
  }

  private static ObjectNode put(
      ObjectNode all, String name, List<Double> without, List<Double> with) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < without.size(); i++) {
      differences.add(with.get(i) - without.get(i));
    }
    ObjectNode figures = all.putObject(name);
    figures.set("without", spread(without));
    figures.set("with", spread(with));
    figures.set("ratio", ratio(with, without));
    figures.set("difference", spread(differences));
    return figures;
  }

  /** Of each round but those too short to have moved anything; null if all were. */
  private static JsonNode ratio(List<Double> of, List<Double> to) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      if (to.get(i) > 0) {
        ratios.add(of.get(i) / to.get(i));
      }
    }
    return ratios.isEmpty() ? NullNode.getInstance() : spread(ratios);
  }

  private static JsonNode spread(List<Double> figures) {
    return new JsonMapper().valueToTree(Spread.of(figures));
  }
}
