package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What was measured; ratios are of rounds, the time of the eager path over the compiled one's. */
public final class BenchReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private final ModelDirectory directory;
  private final BenchPlan plan;
  private final List<String> versions;
  private final List<Bench.Round> rounds;

  BenchReport(
      ModelDirectory directory, BenchPlan plan, List<String> versions, List<Bench.Round> rounds) {
    this.directory = directory;
    this.plan = plan;
    this.versions = versions;
    this.rounds = rounds;
  }

  /** Whether both paths wrote the same in each round. */
  public boolean equalTokens() {
    return rounds.stream().allMatch(Bench.Round::equalTokens);
  }

  /** One line. */
  public String toJson() {
    JsonMapper json = new JsonMapper();
    FlamingoConfig config = ConfigReader.read(directory);
    ObjectNode all = json.createObjectNode();
    all.put("model", config.id());
    all.put("weights", weights());
    all.put("frames", plan.frames()).put("batch", plan.batch());
    all.put("threads", plan.threads()).put("cpus", Runtime.getRuntime().availableProcessors());
    all.put("rounds", rounds.size());
    all.put("compiled", versions.get(0)).put("eager", versions.get(1));
    all.put("fused_attention", true);
    all.set("vision", stage(json, ModelPath.Pass::visionNanos));
    all.set("resampler", stage(json, ModelPath.Pass::resamplerNanos));
    all.set("decode", stage(json, ModelPath.Pass::decodeNanos));
    all.set("whole", stage(json, ModelPath.Pass::nanos));
    all.put("tokens", tokens(config)).put("equal_tokens", equalTokens());
    return all.toString();
  }

  private long weights() {
    return directory.weights().tensors().stream().mapToLong(StoredTensor::elements).sum();
  }

  private ObjectNode stage(JsonMapper json, ToLongFunction<ModelPath.Pass> nanos) {
    ObjectNode stage = json.createObjectNode();
    stage.set("compiled_ms", spread(json, round -> millis(nanos, round.compiled())));
    stage.set("eager_ms", spread(json, round -> millis(nanos, round.eager())));
    stage.set(
        "ratio",
        spread(json, round -> millis(nanos, round.eager()) / millis(nanos, round.compiled())));
    return stage;
  }

  private JsonNode spread(JsonMapper json, ToDoubleFunction<Bench.Round> value) {
    return json.valueToTree(Spread.of(rounds.stream().mapToDouble(value).boxed().toList()));
  }

  private static double millis(ToLongFunction<ModelPath.Pass> nanos, ModelPath.Pass pass) {
    return nanos.applyAsLong(pass) / NANOS_PER_MILLI;
  }

  /** Decoded for each clip: up to its end token. */
  private int tokens(FlamingoConfig config) {
    int[] tokens = rounds.get(0).compiled().tokens();
    int length = tokens.length / plan.batch();
    int most = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean last = tokens[i] == config.tokens().end() || i % length == length - 1;
      most = last ? Math.max(most, i % length + 1) : most;
    }
    return most;
  }
}
