package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The engine's graphs on ONNX Runtime, in the pieces that the engine runs them in. */
public final class CompiledPath implements ModelPath {
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final ClipResampler resampler;
  private final int framesAtOnce;
  private final String version;

  private CompiledPath(FlamingoConfig config, Sessions sessions, int framesAtOnce, String version) {
    this.config = config;
    this.sessions = sessions;
    this.resampler = new ClipResampler(config, sessions, FrameTiming.CLOCK);
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
    WeightSize size = WeightSize.of(weights);
    Graphs graphs = new Graphs(config, weights);
    Sessions sessions = new Sessions(graphs, directory.path(), !size.isLarge());
    return new CompiledPath(config, sessions, size.framesAtOnce(), version);
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
      float[] one = resampler.latents(clip, work.captureMicros(), 0);
      System.arraycopy(one, 0, latents, i * latentSize, latentSize);
    }
    return latents;
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
