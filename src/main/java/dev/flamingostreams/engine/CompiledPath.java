package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The engine's graphs, in the pieces that the engine runs them in. */
public final class CompiledPath implements ModelPath {
  private final FlamingoConfig config;
  private final Graphs graphs;
  private final GraphRuntime runtime;
  private final Sessions sessions;
  private final ClipResampler resampler;

  CompiledPath(FlamingoConfig config, Graphs graphs, GraphRuntime runtime) {
    this.config = config;
    this.graphs = graphs;
    this.runtime = runtime;
    this.sessions = new Sessions(graphs, runtime);
    this.resampler = new ClipResampler(config, sessions, FrameTiming.CLOCK);
  }

  /**
   * Opens a model.
   *
   * @param options of which its threads and choice count
   */
  public static CompiledPath open(ModelDirectory directory, EngineOptions options) {
    FlamingoConfig config = ConfigReader.read(directory);
    Safetensors weights = directory.weights();
    GraphRuntime runtime = Runtimes.start(directory, weights, options);
    return new CompiledPath(config, new Graphs(config, weights), runtime);
  }

  /**
   * Compiles, where that takes minutes, what {@link #run} is to load for some work, best before any
   * path runs: {@link TensorRt#prepare} says why.
   *
   * @param work pixels are not needed
   */
  public void prepare(Work work) {
    if (runtime.sizes() instanceof GraphSizes.Compiled sizes) {
      int length = prompt(work).length();
      int frames = sizes.clipFrames(work.frames());
      List<Graph> needed = new ArrayList<>();
      runs(work.clips() * work.frames(), sizes::frames).map(graphs::vision).forEach(needed::add);
      runs(work.clips(), sizes::resampled)
          .map(size -> graphs.resampler(size, frames))
          .forEach(needed::add);
      runs(work.clips(), sizes::clips)
          .map(size -> graphs.describe(size, 1, length, config.decoding()))
          .forEach(needed::add);
      runtime.prepare(needed);
    }
  }

  /** The same of {@link #logits}, but for what it shares with {@link #run}. */
  void prepareLogits(Work work) {
    if (runtime.sizes() instanceof GraphSizes.Compiled sizes) {
      int length = prompt(work).length();
      runtime.prepare(
          runs(work.clips(), sizes::clips).map(size -> graphs.logits(size, 1, length)).toList());
    }
  }

  /**
   * The sizes of the runs that so many take, each once.
   *
   * @param next the size of the next run, with so many waiting
   */
  private static Stream<Integer> runs(int count, IntUnaryOperator next) {
    return IntStream.iterate(count, left -> left > 0, left -> left - next.applyAsInt(left))
        .map(next)
        .distinct()
        .boxed();
  }

  @Override
  public Pass run(Work work) {
    long start = System.nanoTime();
    Buffer features = vision(work);
    long seen = System.nanoTime();
    List<float[]> latents = resample(work, features);
    long resampled = System.nanoTime();
    int[] tokens = describe(work, latents);
    long end = System.nanoTime();
    return new Pass(tokens, seen - start, resampled - seen, end - resampled);
  }

  private Buffer vision(Work work) {
    int count = work.clips() * work.frames();
    Buffer features = null;
    int from = 0;
    while (from < count) {
      int size = sessions.sizes().frames(count - from);
      Buffer some = vision(work, from, size);
      features = features == null ? Features.room(some, count * frameSize()) : features;
      Features.put(features, some.slice(0, Math.min(size, count - from) * frameSize()));
      from += size;
    }
    return Objects.requireNonNull(features).flip();
  }

  private Buffer vision(Work work, int from, int size) {
    int side = config.vision().inputSize();
    int each = 3 * side * side;
    int left = Math.min(size * each, work.pixels().length - from * each);
    List<Buffer> frames =
        List.of(
            FloatBuffer.wrap(work.pixels(), from * each, left),
            FloatBuffer.allocate(size * each - left));
    Array images = new Array(Graphs.PIXELS, frames, size, 3, side, side);
    return sessions.vision(size).run(List.of(images)).data(Graphs.FEATURES);
  }

  private int frameSize() {
    return config.vision().tokens() * config.vision().width();
  }

  private List<float[]> resample(Work work, Buffer features) {
    int each = work.frames() * frameSize();
    List<ClipResampler.Clip> clips = new ArrayList<>();
    for (int i = 0; i < work.clips(); i++) {
      Buffer clip = features.slice(i * each, each);
      clips.add(new ClipResampler.Clip(clip, work.captureMicros(), 0));
    }
    return resampler.latents(clips);
  }

  private int[] describe(Work work, List<float[]> latents) {
    int each = config.decoding().maxTokens();
    int[] tokens = new int[work.clips() * each];
    Passage prompt = prompt(work);
    inBatches(
        latents,
        (from, some, size) -> {
          int[] written =
              sessions
                  .describe(size, 1, prompt.length(), config.decoding())
                  .run(inputs(prompt, some, size))
                  .ints(Graphs.TOKENS);
          System.arraycopy(written, 0, tokens, from * each, some.size() * each);
        });
    return tokens;
  }

  /** Logits of what comes after the prompt, {@code [clips, L, V]}. */
  float[] logits(Work work) {
    Passage prompt = prompt(work);
    int each = prompt.length() * config.language().vocabulary();
    float[] logits = new float[work.clips() * each];
    inBatches(
        resample(work, vision(work)),
        (from, some, size) -> {
          float[] given =
              sessions
                  .logits(size, 1, prompt.length())
                  .run(inputs(prompt, some, size).subList(0, 3))
                  .floats(Graphs.LOGITS);
          System.arraycopy(given, 0, logits, from * each, some.size() * each);
        });
    return logits;
  }

  private Passage prompt(Work work) {
    return Passage.of(work.prompt(), config.tokens()::isImage);
  }

  /** Runs a graph of {@code size} clips on {@code some}, the first of which is {@code from}. */
  @FunctionalInterface
  private interface Run {
    void of(int from, List<float[]> some, int size);
  }

  private void inBatches(List<float[]> latents, Run run) {
    int from = 0;
    while (from < latents.size()) {
      int size = sessions.sizes().clips(latents.size() - from);
      run.of(from, latents.subList(from, Math.min(from + size, latents.size())), size);
      from += size;
    }
  }

  private List<Array> inputs(Passage prompt, List<float[]> clips, int size) {
    float[] latents = new PreparedPrompt(prompt, List.of()).latents(clips, size);
    long[] shape = {size, 1, config.resampler().latents(), config.vision().width()};
    List<Array> inputs = new ArrayList<>();
    inputs.add(Array.of(Graphs.LATENTS, latents, shape));
    inputs.addAll(
        Passage.inputs(Collections.nCopies(size, prompt), prompt.length(), config.tokens().pad()));
    return inputs;
  }

  @Override
  public String version() {
    return runtime.version();
  }

  @Override
  public void close() {
    sessions.close();
  }
}
