package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.ModelInfo;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/** A model directory, run as it is served. For one asking thread. */
public final class EngineExaminee implements Examinee {
  /** Everything is described; what is asked for is what the clip looks like. */
  private static final Comparison WITH_NOTHING = new Comparison(null, 0);

  private final Path directory;
  private final Map<FrameTiming, Engine> engines = new EnumMap<>(FrameTiming.class);
  private final Map<FrameTiming, Map<String, Describer>> describers =
      new EnumMap<>(FrameTiming.class);
  private final ExecutorService examples = Executors.newSingleThreadExecutor();
  private final Tokenizer tokenizer;
  private final int pad;
  private final ModelInfo model;

  /** Opens it; a {@link ModelException} says what is wrong with it. */
  public EngineExaminee(Path directory) {
    this.directory = directory;
    model = describer(Task.plain(), FrameTiming.CLOCK).model();
    ModelDirectory opened = ModelDirectory.open(directory);
    tokenizer = opened.tokenizer();
    pad = ConfigReader.read(opened).tokens().pad();
  }

  @Override
  public ModelInfo model() {
    return model;
  }

  @Override
  public boolean reads(String text) {
    return tokenizer.unknownWords(text, pad).isEmpty();
  }

  @Override
  public CompletableFuture<Description> ask(Task task, FrameTiming timing, ClipInput clip) {
    if (timing == FrameTiming.INDEX) {
      return ask(task, FrameTiming.CLOCK, evenly(clip));
    }
    if (!task.prompt().examples().isEmpty()) {
      // the examples are looked at first, behind all that was asked before
      Engine engine = engine(timing);
      return CompletableFuture.supplyAsync(() -> engine.describer(task), examples)
          .thenCompose(describer -> describer.describe(clip));
    }
    try {
      return describer(task, timing).describe(clip, WITH_NOTHING);
    } catch (ModelException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** To a clock that ticks once a frame: index-wise, with the features that are cached already. */
  private static ClipInput evenly(ClipInput clip) {
    return new ClipInput(clip.images(), LongStream.range(0, clip.images().size()).toArray());
  }

  private Describer describer(Task task, FrameTiming timing) {
    return describers
        .computeIfAbsent(timing, key -> new HashMap<>())
        .computeIfAbsent(task.id(), key -> engine(timing).describer(task));
  }

  private Engine engine(FrameTiming timing) {
    return engines.computeIfAbsent(
        timing, key -> Engine.open(directory, EngineOptions.defaults().withTiming(key)));
  }

  @Override
  public void close() {
    examples.shutdownNow();
    engines.values().forEach(Engine::close);
    tokenizer.close();
  }
}
