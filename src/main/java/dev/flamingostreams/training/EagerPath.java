package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The model run op by op on libtorch: what the compiled path is measured against. */
public final class EagerPath implements ModelPath {
  private final FlamingoConfig config;
  private final Safetensors file;
  private final NDManager manager;
  private final FusedOperators fused;
  private final TorchInference backend;
  private final Flamingo flamingo;
  private final Map<String, NDArray> weights = new HashMap<>();

  private EagerPath(FlamingoConfig config, Safetensors file, NDManager manager) {
    this.config = config;
    this.file = file;
    this.manager = manager;
    this.fused = FusedOperators.load(manager);
    this.backend = new TorchInference(manager, fused);
    this.flamingo = new Flamingo(config, weights(), backend);
  }

  public static EagerPath open(ModelDirectory directory, int threads) {
    NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(threads);
    return new EagerPath(ConfigReader.read(directory), directory.weights(), manager);
  }

  private Weights weights() {
    return (name, shape) -> new TorchTensor(backend, weight(name, shape));
  }

  private NDArray weight(String name, long... shape) {
    return weights.computeIfAbsent(
        name, absent -> manager.create(file.floats(name), new Shape(shape)));
  }

  @Override
  public Pass run(Work work) {
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return backend.run(() -> timed(work));
    } finally {
      JniUtils.setGradMode(recording);
    }
  }

  private Pass timed(Work work) {
    long start = System.nanoTime();
    Tensor features = vision(work);
    long seen = System.nanoTime();
    Tensor latents = resample(work, features);
    long resampled = System.nanoTime();
    int[] tokens = describe(work, latents);
    long end = System.nanoTime();
    return new Pass(tokens, seen - start, resampled - seen, end - resampled);
  }

  private Tensor vision(Work work) {
    int side = config.vision().inputSize();
    int count = work.clips() * work.frames();
    return backend.input(work.pixels(), count, 3, side, side).within(flamingo::vision);
  }

  private Tensor resample(Work work, Tensor features) {
    int clips = work.clips();
    int frames = work.frames();
    int tokens = config.vision().tokens();
    int embeddings = config.resampler().timeEmbeddings();
    float[] mask = new float[clips * frames];
    Arrays.fill(mask, 1);
    float[] times = new float[clips * frames * embeddings];
    float[] one = TemporalInterpolation.weights(work.captureMicros(), Math.max(1, embeddings));
    for (int i = 0; embeddings > 0 && i < clips; i++) {
      System.arraycopy(one, 0, times, i * one.length, one.length);
    }
    Tensor all = features.reshape(clips, frames, tokens, config.vision().width());
    return all.within(
        x ->
            flamingo.resample(
                x,
                backend.input(times, clips, frames, embeddings),
                backend.input(mask, clips, frames),
                backend.constant(new int[clips], clips)));
  }

  private int[] describe(Work work, Tensor latents) {
    int clips = work.clips();
    int length = work.prompt().length;
    int[] tokens = new int[clips * length];
    int[] textTime = new int[clips * length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = work.prompt()[i % length];
      int before = i % length == 0 ? 0 : textTime[i - 1];
      textTime[i] = before + (config.tokens().isImage(tokens[i]) ? 1 : 0);
    }
    Flamingo.Prompt prompt =
        new Flamingo.Prompt(
            backend.constant(tokens, clips, length),
            backend.constant(textTime, clips, length),
            backend.constant(new int[clips], clips, 1));
    long[] s = latents.shape();
    Flamingo.Text text =
        flamingo.describe(latents.reshape(clips, 1, s[1], s[2]), prompt, config.decoding());
    return TorchTensor.array(text.tokens()).toIntArray();
  }

  @Override
  public String version() {
    return "libtorch "
        + Engine.getEngine("PyTorch").getVersion()
        + ", %d threads".formatted(JniUtils.getNumThreads());
  }

  @Override
  public void close() {
    fused.close();
    manager.close();
  }
}
