package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What was measured; ratios are of rounds, the time of the eager path over the compiled one's. */
public final class BenchReport {
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
    stage.set("compiled_ms", json.valueToTree(Spread.millis(passes(Bench.Round::compiled), nanos)));
    stage.set("eager_ms", json.valueToTree(Spread.millis(passes(Bench.Round::eager), nanos)));
    List<Double> ratios = rounds.stream().map(round -> ratio(nanos, round)).toList();
    stage.set("ratio", json.valueToTree(Spread.of(ratios)));
    return stage;
  }

  private List<ModelPath.Pass> passes(Function<Bench.Round, ModelPath.Pass> path) {
    return rounds.stream().map(path).toList();
  }

  private static double ratio(ToLongFunction<ModelPath.Pass> nanos, Bench.Round round) {
    return (double) nanos.applyAsLong(round.eager()) / nanos.applyAsLong(round.compiled());
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
