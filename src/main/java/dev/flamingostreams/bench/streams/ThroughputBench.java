package dev.flamingostreams.bench.streams;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.bench.Spread;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * How many records per second a topology moves whose model costs nothing, all frames sampled, and
 * how many a plain Kafka Streams application does that forwards the same records with the same
 * guarantee. Both read the same topic, in turn.
 */
public final class ThroughputBench {
  private static final long SECOND = 1_000_000;
  private static final int PARTITIONS = 4;

  private final BenchContext context;
  private final ThroughputPlan plan;
  private final Picture point = Scenes.point();

  public ThroughputBench(BenchContext context, ThroughputPlan plan) {
    this.context = context;
    this.plan = plan;
  }

  /** One line of JSON. */
  public String run() {
    try (Sandbox sandbox = new Sandbox(context, PARTITIONS)) {
      String input = sandbox.name("frames");
      sandbox.topology("fill", input, rules());
      fill(sandbox, input);
      List<Double> plain = new ArrayList<>();
      List<Double> topology = new ArrayList<>();
      for (int round = 0; round <= plan.rounds(); round++) {
        plain.add(plain(sandbox, "plain-" + round, input));
        topology.add(topology(sandbox, "topology-" + round, input));
        context.tell(
            "round %d of %d: plain %.0f, topology %.0f records/s"
                .formatted(round, plan.rounds(), plain.get(round), topology.get(round)));
      }
      return json(rest(plain), rest(topology));
    }
  }

  /** Round 0 warms up. */
  private static List<Double> rest(List<Double> rounds) {
    return rounds.subList(1, rounds.size());
  }

  private String rules() {
    return "clips: {length: 1s, rate: %d/s, min-frames: %d}"
        .formatted(plan.frames(), Math.min(8, plan.frames()));
  }

  private void fill(Sandbox sandbox, String topic) {
    Topic<String, FrameBatch> frames = Topic.frames(topic);
    try (KafkaProducer<String, FrameBatch> producer =
        new KafkaProducer<>(
            sandbox.settings(), frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      Random random = new Random(1);
      for (int i = 0; i < plan.records(); i++) {
        String stream = "camera-" + i % plan.streams();
        long second = i / plan.streams() * SECOND;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, i % PARTITIONS, stream, FrameBatch.of(frames(second, random))));
      }
    }
  }

  private List<Frame> frames(long second, Random random) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < plan.frames(); i++) {
      byte[] image = point.padded(plan.frameBytes(), random);
      frames.add(new Frame(second + i * SECOND / plan.frames(), image));
    }
    return frames;
  }

  private double plain(Sandbox sandbox, String name, String input) {
    TopologyFile file = sandbox.topology(name, input, rules());
    Topology topology =
        new Topology()
            .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), input)
            .addSink(
                "out",
                file.outputs().captions(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                "in");
    Properties settings = Runner.settings(file, sandbox.settings());
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    AtomicLong start = new AtomicLong();
    try (KafkaStreams streams = new KafkaStreams(topology, settings)) {
      streams.setStateListener(
          (now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
              start.compareAndSet(0, System.nanoTime());
            }
          });
      CompletableFuture<Void> life = new CompletableFuture<>();
      streams.setUncaughtExceptionHandler(
          failure -> {
            life.completeExceptionally(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      return perSecond(sandbox, name, input, start, life);
    } finally {
      sandbox.delete(name);
    }
  }

  private double topology(Sandbox sandbox, String name, String input) {
    TopologyFile file = sandbox.topology(name, input, rules());
    AtomicLong start = new AtomicLong();
    try (FreeDescriber describer = new FreeDescriber();
        Runner runner = Runner.start(List.of(file), sandbox.settings(), any -> describer)) {
      var unused = runner.started().thenRun(() -> start.compareAndSet(0, System.nanoTime()));
      return perSecond(sandbox, name, input, start, runner.finished());
    } finally {
      sandbox.delete(name);
    }
  }

  /** From the moment that all tasks run to the commit of the last record. */
  private double perSecond(
      Sandbox sandbox, String name, String input, AtomicLong start, CompletableFuture<Void> life) {
    Map<TopicPartition, Long> ends = sandbox.ends(input);
    sandbox.await(life, () -> start.get() != 0 && sandbox.hasRead(sandbox.name(name), ends));
    return plan.records() / ((System.nanoTime() - start.get()) / 1e9);
  }

  private String json(List<Double> plain, List<Double> topology) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      ratios.add(topology.get(i) / plain.get(i));
    }
    JsonMapper json = new JsonMapper();
    ObjectNode all = json.createObjectNode();
    all.put("bench", "throughput");
    all.put("cpus", Runtime.getRuntime().availableProcessors());
    all.put("records", plan.records()).put("frames", plan.frames());
    all.put("frame_bytes", plan.frameBytes()).put("streams", plan.streams());
    all.put("rounds", plan.rounds());
    all.set("plain_records_per_s", json.valueToTree(Spread.of(plain)));
    all.set("topology_records_per_s", json.valueToTree(Spread.of(topology)));
    all.set("ratio", json.valueToTree(Spread.of(ratios)));
    return all.toString();
  }
}
