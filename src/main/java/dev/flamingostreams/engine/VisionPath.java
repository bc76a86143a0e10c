package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A vision encoder alone, compiled for the CPU: for those who train what comes after it. For one
 * thread.
 */
public final class VisionPath implements AutoCloseable {
  private final GraphSession session;
  private final long[] shape;

  private VisionPath(GraphSession session, long... shape) {
    this.session = session;
    this.shape = shape;
  }

  /**
   * Opens it.
   *
   * @param weights a safetensors file, which may hold more than it needs
   * @param frames how many are encoded at once
   * @param threads if this is the first model that the program opens
   */
  public static VisionPath open(FlamingoConfig config, Path weights, int frames, int threads) {
    Safetensors stored = Safetensors.open(weights);
    Path beside = Objects.requireNonNull(weights.toAbsolutePath().getParent());
    OnnxRuntime runtime = OnnxRuntime.start(threads, beside, WeightSize.of(stored));
    int side = config.vision().inputSize();
    GraphSession session = runtime.open(new Graphs(config, stored).vision(frames));
    return new VisionPath(session, frames, 3, side, side);
  }

  /**
   * Encodes frames.
   *
   * @param pixels normalised, {@code [frames, 3, H, W]}
   * @return {@code [frames, S, D]}
   */
  public float[] features(float[] pixels) {
    Array images = Array.of(Graphs.PIXELS, pixels, shape);
    return session.run(List.of(images)).floats(Graphs.FEATURES);
  }

  @Override
  public void close() {
    session.close();
  }
}
