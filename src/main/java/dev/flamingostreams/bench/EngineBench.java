package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.engine.CompiledAgreement;
import dev.flamingostreams.engine.CompiledPath;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.engine.Processor;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures one engine by itself, and how often it says what ONNX Runtime says on the CPU. */
public final class EngineBench {
  private static final int WARM_UP_ROUNDS = 3;

  private final ModelDirectory directory;
  private final FlamingoConfig config;
  private final EngineOptions options;

  /**
   * @param options of which its choice counts, but for the batches
   */
  public EngineBench(ModelDirectory directory, EngineOptions options) {
    this.directory = directory;
    this.config = ConfigReader.read(directory);
    this.options = options;
  }

  /** The engine, as the lines name it. */
  public String version() {
    return version(options);
  }

  /** The engine that others are compared with. */
  public String referenceVersion() {
    return version(reference());
  }

  private String version(EngineOptions engine) {
    try (CompiledPath path = CompiledPath.open(directory, engine)) {
      return path.version();
    }
  }

  /** ONNX Runtime on the CPU. */
  private EngineOptions reference() {
    return options.withChoice(
        options.choice().withKind(EngineKind.ONNXRUNTIME).withProcessor(Processor.ANY));
  }

  /**
   * So many clips, if they can be compared.
   *
   * @throws IllegalArgumentException that begins with the name, as options are told
   */
  public int checked(int clips, int frames) {
    Bounds.require("clips", clips, 0, new BenchClips(config).most(frames));
    return clips;
  }

  /**
   * Compiles, where that takes minutes, what all that is to be measured needs: to be asked first,
   * while the GPU has nothing else to do.
   *
   * @param clips of {@link #agreement}, with the frames and batch of the first plan; 0 if it is not
   *     asked
   */
  public void prepare(List<BenchPlan> plans, int clips) {
    BenchClips shapes = new BenchClips(config);
    for (BenchPlan plan : plans) {
      try (CompiledPath path = CompiledPath.open(directory, batched(plan.batch()))) {
        path.prepare(shapes.unseen(plan.batch(), plan.frames()));
      }
    }
    if (clips > 0) {
      BenchPlan first = plans.get(0);
      CompiledAgreement.prepare(
          directory, batched(first.batch()), shapes.unseen(clips, first.frames()));
    }
  }

  /** Milliseconds of each graph and of the whole, as one line of JSON. */
  public String measure(BenchPlan plan) {
    ModelPath.Work work = new BenchClips(config).draw(plan.batch(), plan.frames());
    try (ModelPath path = CompiledPath.open(directory, batched(plan.batch()))) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        path.run(work);
      }
      List<ModelPath.Pass> passes = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        passes.add(path.run(work));
      }
      return json(plan, path.version(), passes);
    }
  }

  /** Writes the clips that {@link #measure} takes, as {@link ClipFiles}. */
  public void save(BenchPlan plan, Path into) throws IOException {
    ClipFiles.write(new BenchClips(config).draw(plan.batch(), plan.frames()), into);
  }

  private EngineOptions batched(int clips) {
    return options.withChoice(options.choice().withBatches(List.of(clips)));
  }

  private String json(BenchPlan plan, String version, List<ModelPath.Pass> passes) {
    JsonMapper json = new JsonMapper();
    ObjectNode all = json.createObjectNode();
    all.put("model", config.id()).put("engine", version);
    all.put("frames", plan.frames()).put("batch", plan.batch()).put("rounds", passes.size());
    all.set("vision", json.valueToTree(Spread.millis(passes, ModelPath.Pass::visionNanos)));
    all.set("resampler", json.valueToTree(Spread.millis(passes, ModelPath.Pass::resamplerNanos)));
    all.set("describe", json.valueToTree(Spread.millis(passes, ModelPath.Pass::decodeNanos)));
    all.set("whole", json.valueToTree(Spread.millis(passes, ModelPath.Pass::nanos)));
    double median = Spread.millis(passes, ModelPath.Pass::nanos).median();
    all.put("clips_per_second", plan.batch() * 1000 / median);
    all.set("tokens", json.valueToTree(passes.get(0).tokens()));
    return all.toString();
  }

  /** Of so many clips, those of which both engines write the same, as one line of JSON. */
  public String agreement(int clips, int frames, int batch) {
    CompiledAgreement agreement =
        CompiledAgreement.of(
            directory, reference(), batched(batch), new BenchClips(config).draw(clips, frames));
    return json(config.id(), frames, agreement);
  }

  static String json(String model, int frames, CompiledAgreement agreement) {
    ObjectNode all = new JsonMapper().createObjectNode();
    all.put("model", model).put("engine", agreement.version());
    all.put("reference", agreement.referenceVersion());
    all.put("frames", frames).put("clips", agreement.clips());
    all.put("equal_clips", agreement.equal());
    return all.put("logits_relative_error", agreement.logitsError()).toString();
  }
}
