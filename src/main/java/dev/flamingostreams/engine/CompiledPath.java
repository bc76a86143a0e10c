package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The engine's graphs on ONNX Runtime, in the pieces that the engine runs them in. */
public final class CompiledPath implements ModelPath {
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final int framesAtOnce;
  private final String version;

  private CompiledPath(FlamingoConfig config, Sessions sessions, int framesAtOnce, String version) {
    this.config = config;
    this.sessions = sessions;
    this.framesAtOnce = framesAtOnce;
    this.version = version;
  }

  /**
   * Opens a model.
   *
   * @param threads the first engine of a JVM decides for all
   */
  public static CompiledPath open(ModelDirectory directory, int threads) {
    FlamingoConfig config = ConfigReader.read(directory);
    String version = Djl.start(threads);
    Safetensors weights = directory.weights();
    long bytes = weights.tensors().stream().mapToLong(StoredTensor::length).sum();
    boolean large = bytes > Engine.LARGE_WEIGHTS;
    Sessions sessions = new Sessions(new Graphs(config, weights), directory.path(), !large);
    return new CompiledPath(config, sessions, large ? 1 : FrameEncoder.CHUNK, version);
  }

  @Override
  public Pass run(Work work) {
    long start = System.nanoTime();
    float[] features = vision(work);
    long seen = System.nanoTime();
    float[] latents = resample(work, features);
    long resampled = System.nanoTime();
    int[] tokens = describe(work, latents);
    long end = System.nanoTime();
    return new Pass(tokens, seen - start, resampled - seen, end - resampled);
  }

  private float[] vision(Work work) {
    int side = config.vision().inputSize();
    int count = work.clips() * work.frames();
    int chunk = count % framesAtOnce == 0 ? framesAtOnce : 1;
    int size = 3 * side * side;
    int frameSize = config.vision().tokens() * config.vision().width();
    float[] features = new float[count * frameSize];
    for (int from = 0; from < count; from += chunk) {
      FloatBuffer pixels = FloatBuffer.wrap(work.pixels(), from * size, chunk * size);
      float[] some =
          sessions
              .vision(chunk)
              .run(List.of(new Array(Graphs.PIXELS, pixels, chunk, 3, side, side)))
              .floats(Graphs.FEATURES);
      System.arraycopy(some, 0, features, from * frameSize, some.length);
    }
    return features;
  }

  private float[] resample(Work work, float[] features) {
    int size = features.length / work.clips();
    int latentSize = config.resampler().latents() * config.vision().width();
    float[] latents = new float[work.clips() * latentSize];
    for (int i = 0; i < work.clips(); i++) {
      FloatBuffer clip = FloatBuffer.wrap(features, i * size, size);
      System.arraycopy(resampleOne(work, clip), 0, latents, i * latentSize, latentSize);
    }
    return latents;
  }

  private float[] resampleOne(Work work, FloatBuffer features) {
    int frames = work.frames();
    float[] mask = new float[frames];
    Arrays.fill(mask, 1);
    List<Array> inputs = new ArrayList<>();
    int tokens = config.vision().tokens();
    inputs.add(new Array(Graphs.FEATURES, features, 1, frames, tokens, config.vision().width()));
    inputs.add(Array.of(Graphs.FRAME_MASK, mask, 1, frames));
    int embeddings = config.resampler().timeEmbeddings();
    if (embeddings > 0) {
      float[] times = TemporalInterpolation.weights(work.captureMicros(), embeddings);
      inputs.add(Array.of(Graphs.TIME_WEIGHTS, times, 1, frames, embeddings));
    }
    if (config.resampler().mediaEmbeddings() > 0) {
      inputs.add(Array.of(Graphs.PLACE, new int[1], 1));
    }
    return sessions.resampler(frames).run(inputs).floats(Graphs.LATENTS);
  }

  private int[] describe(Work work, float[] latents) {
    int clips = work.clips();
    Passage prompt = Passage.of(work.prompt(), config.tokens()::isImage);
    int length = prompt.length();
    long[] shape = {clips, 1, config.resampler().latents(), config.vision().width()};
    List<Array> inputs = new ArrayList<>();
    inputs.add(Array.of(Graphs.LATENTS, latents, shape));
    inputs.addAll(
        Passage.inputs(Collections.nCopies(clips, prompt), length, config.tokens().pad()));
    return sessions.describe(clips, 1, length, config.decoding()).run(inputs).ints(Graphs.TOKENS);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
