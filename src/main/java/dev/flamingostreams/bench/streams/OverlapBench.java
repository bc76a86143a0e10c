package dev.flamingostreams.bench.streams;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.bench.Spread;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.plugin.Ledgers;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What overlap costs: the time that the vision encoder takes for the same film cut into windows
 * that overlap, over that for windows side by side. No image is seen in two rounds.
 */
public final class OverlapBench {
  private static final int RATE = 4;
  private static final int WINDOW_SECONDS = 4;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 144;
  private static final long SECOND = 1_000_000;

  private final BenchContext context;
  private final OverlapPlan plan;
  private final Function<TopologyFile, Describer> models;
  private final List<Picture> pictures = new ArrayList<>();
  private long images;

  /**
   * @param models that describe; the caller closes them
   */
  public OverlapBench(
      BenchContext context, OverlapPlan plan, Function<TopologyFile, Describer> models) {
    this.context = context;
    this.plan = plan;
    this.models = models;
  }

  /** What one pass took. */
  private record Pass(long clips, long frames, double visionMillis) {}

  /** One line of JSON. */
  public String run() {
    Scenes scenes = new Scenes(WIDTH, HEIGHT);
    for (int i = 0; i < plan.clips(); i++) {
      pictures.addAll(scenes.next(RATE * WINDOW_SECONDS));
    }
    List<Pass> apart = new ArrayList<>();
    List<Pass> over = new ArrayList<>();
    try (Sandbox sandbox = new Sandbox(context, 1)) {
      for (int round = 0; round <= plan.rounds(); round++) {
        apart.add(pass(sandbox, "apart-" + round, 1));
        over.add(pass(sandbox, "over-" + round, plan.overlap()));
        context.tell("round %d of %d".formatted(round, plan.rounds()));
      }
    }
    return json(apart.subList(1, apart.size()), over.subList(1, over.size()));
  }

  private Pass pass(Sandbox sandbox, String name, int overlap) {
    String input = sandbox.name(name + "-frames");
    String rules =
        "clips: {length: %ds, hop: %dms, rate: %d/s}"
            .formatted(WINDOW_SECONDS, WINDOW_SECONDS * 1_000 / overlap, RATE);
    TopologyFile file = sandbox.topology(name, input, rules);
    film(sandbox, input);
    try (Describer describer = models.apply(file)) {
      EngineUsage before = describer.usage();
      long clips;
      try (Runner runner = Runner.start(List.of(file), sandbox.settings(), any -> describer)) {
        Map<TopicPartition, Long> ends = sandbox.ends(input);
        Ledgers ledgers = requireNonNull(runner.ledgers().get(file.name()));
        sandbox.await(
            runner.finished(),
            () ->
                sandbox.hasRead(file.applicationId(), ends)
                    && ledgers.clips().open() == 0
                    && ledgers.captions().open() == 0);
        clips = ledgers.captions().in();
      }
      EngineUsage after = describer.usage();
      return new Pass(
          clips,
          after.framesEncoded() - before.framesEncoded(),
          (after.visionNanos() - before.visionNanos()) / 1e6);
    } finally {
      sandbox.delete(name);
    }
  }

  private void film(Sandbox sandbox, String topic) {
    Topic<String, FrameBatch> frames = Topic.frames(topic);
    try (KafkaProducer<String, FrameBatch> producer =
        new KafkaProducer<>(
            sandbox.settings(), frames.keySerde().serializer(), frames.valueSerde().serializer())) {
      for (int i = 0; i < pictures.size(); i++) {
        Frame frame = new Frame(i * SECOND / RATE, pictures.get(i).numbered(images++));
        var unused =
            producer.send(new ProducerRecord<>(topic, "film", FrameBatch.of(List.of(frame))));
      }
      var unused = producer.send(new ProducerRecord<>(topic, "film", FrameBatch.end()));
    }
  }

  private String json(List<Pass> apart, List<Pass> over) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < apart.size(); i++) {
      ratios.add(over.get(i).visionMillis() / apart.get(i).visionMillis());
    }
    JsonMapper json = new JsonMapper();
    ObjectNode all = json.createObjectNode();
    all.put("bench", "overlap").put("cpus", Runtime.getRuntime().availableProcessors());
    all.put("overlap", plan.overlap()).put("rounds", plan.rounds());
    all.set("side_by_side", json(json, apart));
    all.set("overlapping", json(json, over));
    all.set("vision_ratio", json.valueToTree(Spread.of(ratios)));
    return all.toString();
  }

  private static ObjectNode json(JsonMapper json, List<Pass> passes) {
    ObjectNode all = json.createObjectNode();
    all.put("clips", passes.get(0).clips()).put("frames_encoded", passes.get(0).frames());
    all.set(
        "vision_ms", json.valueToTree(Spread.of(passes.stream().map(Pass::visionMillis).toList())));
    return all;
  }
}
