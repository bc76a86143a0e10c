package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.WeightShapes;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.onnx.OnnxWeights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A model that is open. One serves all topologies of a JVM: its describers share the batches, the
 * cache of frame features and the threads.
 */
public final class Engine implements AutoCloseable {
  private static final String OPENING = "flamingo-model";

  private final FlamingoConfig config;
  private final Path directory;
  private final Tokenizer tokenizer;
  private final ModelInfo info;
  private final ExecutorService decoding;
  private final Batcher batcher;
  private final double clipBytes;
  private final int niceness;
  private final GraphRuntime runtime;
  private final Graphs graphs;
  private final Supplier<EngineUsage> usage;
  private final Set<String> compiled = ConcurrentHashMap.newKeySet(); // ids of tasks

  private Engine(
      FlamingoConfig config,
      ModelDirectory directory,
      Safetensors weights,
      Tokenizer tokenizer,
      EngineOptions options) {
    this.config = config;
    this.directory = directory.path();
    this.tokenizer = tokenizer;
    this.niceness = options.niceness();
    WeightSize size = WeightSize.of(weights);
    this.runtime = Runtimes.start(directory, weights, options);
    this.info = new ModelInfo(config.id(), directory.weightsHash(), "", runtime.version());
    this.decoding =
        Executors.newFixedThreadPool(
            options.threads(), Threads.named("flamingo-decoder", options.niceness()));
    this.graphs = new Graphs(config, weights);
    int maxBatch = options.maxBatch(runtime.sizes());
    this.clipBytes = DecodingMemory.most(maxBatch);
    Duration timeout = options.clipTimeout(size.bytes());
    FramePool pool = FramePool.of(options.cacheBytes(), timeout.dividedBy(4));
    EngineCounts counts = new EngineCounts();
    this.usage = () -> counts.usage(pool);
    ImageDecoder decoder = new ImageDecoder();
    this.batcher =
        new Batcher(
            pause -> {
              Sessions own = new Sessions(graphs, runtime, pause);
              return new ClipProcessor(
                  own,
                  new ClipResampler(config, own, options.timing()),
                  new FrameEncoder(config.vision(), own, pool, counts, decoder, decoding),
                  counts,
                  config.vision());
            },
            crew(options),
            maxBatch,
            options.linger(),
            timeout,
            pool);
  }

  private static Crew crew(EngineOptions options) {
    int size = options.choice().sessions();
    return options.niceness() == 0
        ? Crew.of(size)
        : Crew.nice(
            size,
            options.niceness(),
            options.threads(),
            Runtime.getRuntime().availableProcessors());
  }

  /** Opens a model directory; a {@link ModelException} of one line says what is wrong with it. */
  public static Engine open(Path path, EngineOptions options) {
    return Threads.call(OPENING, options.niceness(), () -> opened(path, options));
  }

  private static Engine opened(Path path, EngineOptions options) {
    ModelDirectory directory = ModelDirectory.open(path);
    FlamingoConfig config = ConfigReader.read(directory);
    Safetensors weights = directory.weights();
    checkWeights(config, weights);
    Tokenizer tokenizer = directory.tokenizer();
    try {
      checkTokens(path, config, tokenizer);
      return new Engine(config, directory, weights, tokenizer, options);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Whether a model is whole, as {@link #open} would find it, but what is read is not the weights.
   */
  public static void check(Path path) {
    ModelDirectory directory = ModelDirectory.open(path);
    checkWeights(ConfigReader.read(directory), directory.weights());
  }

  private static void checkWeights(FlamingoConfig config, Safetensors weights) {
    OnnxBackend graph = new OnnxBackend("shapes");
    try {
      WeightShapes.of(config, new OnnxWeights(graph, weights), graph);
    } catch (IllegalArgumentException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  static void checkTokens(Path path, FlamingoConfig config, Tokenizer tokenizer) {
    SpecialTokens tokens = config.tokens();
    if (tokenizer.vocabularySize() > config.language().vocabulary()) {
      throw new ModelException(
          "model %s: tokenizer.json has %d tokens, language.vocabulary of config.json is %d"
              .formatted(path, tokenizer.vocabularySize(), config.language().vocabulary()));
    }
    checkImage(path, tokenizer, tokens);
    checkToken(path, tokenizer, tokens.endText(), "end", tokens.end());
  }

  /** A model that writes media as ordinary text takes the first token of it for the media. */
  private static void checkImage(Path path, Tokenizer tokenizer, SpecialTokens tokens) {
    int[] written = tokenizer.encode(tokens.imageText());
    if (written.length < 2 || written[0] != tokens.image()) {
      checkToken(path, tokenizer, tokens.imageText(), "image", tokens.image());
    }
  }

  private static void checkToken(
      Path path, Tokenizer tokenizer, String token, String key, int configured) {
    if (tokenizer.id(token) != configured) {
      throw new ModelException(
          "model %s: %s is %d in tokenizer.json, tokens.%s of config.json is %d"
              .formatted(path, token, tokenizer.id(token), key, configured));
    }
  }

  /** A describer that continues this prompt, decoding as the model's config says. */
  public Describer describer(Prompt prompt) {
    return describer(new Task.Describe(prompt, DecodingOptions.NONE));
  }

  /**
   * A describer that asks this of each clip. Example clips are seen now: an {@link
   * ExampleException} says which one cannot be, another {@link TaskException} why this model cannot
   * be asked this.
   */
  public Describer describer(Task task) {
    return Threads.call(OPENING, niceness, () -> prepared(task));
  }

  /**
   * Compiles, where that takes minutes, all that a describer of this task needs, and loads none of
   * it: of several tasks, all are to be compiled before the first of them gets its describer.
   */
  public void prepare(Task task) {
    Threads.call(
        OPENING,
        niceness,
        () -> {
          compile(task);
          return task;
        });
  }

  private void compile(Task task) {
    if (runtime.sizes() instanceof GraphSizes.Compiled && !compiled.contains(task.id())) {
      PreparedTask unseen = encoder().encode(task, this::blank);
      runtime.withinMemory(() -> compile(unseen));
      compiled.add(task.id());
    }
  }

  private void compile(PreparedTask unseen) {
    if (runtime.sizes() instanceof GraphSizes.Compiled sizes) { // fewer with each attempt
      runtime.prepare(new TaskGraphs(graphs, sizes).of(unseen));
    }
  }

  private TaskEncoder encoder() {
    return new TaskEncoder(config, tokenizer, clipBytes);
  }

  private Describer prepared(Task task) {
    compile(task);
    PreparedTask prepared = encoder().encode(task, this::latents);
    ModelInfo signature = new ModelInfo(info.id(), info.weightsHash(), task.id(), info.engine());
    return new BatchedDescriber(
        signature,
        prepared,
        config,
        batcher,
        new ReplyReader(tokenizer, config, task, prepared),
        usage);
  }

  /** Latents of examples that are not seen: graphs depend on how many there are. */
  private List<float[]> blank(List<ClipInput> examples) {
    int size = config.resampler().latents() * config.vision().width();
    return Collections.nCopies(examples.size(), new float[size]);
  }

  private List<float[]> latents(List<ClipInput> examples) {
    List<ClipJob> jobs = new ArrayList<>();
    for (ClipInput example : examples) {
      jobs.add(ClipJob.example(example, jobs.size()));
    }
    jobs.forEach(batcher::submit);
    List<float[]> latents = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      try {
        latents.add(jobs.get(i).outcome().join().latents());
      } catch (CompletionException e) {
        Throwable fault = e.getCause() == null ? e : e.getCause();
        throw new ExampleException(i, String.valueOf(fault.getMessage()), e);
      }
    }
    return latents;
  }

  /** What it has done for all of its describers. */
  public EngineUsage usage() {
    return usage.get();
  }

  /**
   * Ends the process if a thread that was given up is at work in native code still: one that ends
   * in good order then crashes, ONNX Runtime is taken from under that thread.
   */
  public static void endIfStuck(int code) {
    if (Batcher.isStuck()) {
      AbruptEnd.now(code);
    }
  }

  /** Ends the process at once, whatever is at work in native code. */
  public static void endNow(int code) {
    AbruptEnd.now(code);
  }

  /**
   * Takes up no more clips and waits for those that have begun: a JVM that ends with a thread in
   * native code may crash. Clips that have not begun are never answered.
   *
   * @param patience at most
   */
  public void rest(Duration patience) {
    batcher.rest(patience);
  }

  /** Clips that have not begun are cancelled. */
  @Override
  public void close() {
    batcher.close();
    decoding.shutdownNow();
    tokenizer.close();
  }

  @Override
  public String toString() {
    return "model %s in %s on %s".formatted(info.id(), directory, info.engine());
  }
}
