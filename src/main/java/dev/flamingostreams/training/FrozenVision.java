package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.VisionPath;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The vision encoder of a stage that does not train it, compiled: faster than eagerly, and beside
 * the steps. Its weights are in a file of their own as long as it is open.
 */
final class FrozenVision implements AutoCloseable {
  private static final String PREFIX = "vision.";

  private final Path weights;
  private final VisionPath path;

  private FrozenVision(Path weights, VisionPath path) {
    this.weights = weights;
    this.path = path;
  }

  /**
   * @param frames how many are encoded at once
   * @throws IOException if there is no room for the file
   */
  static FrozenVision of(FlamingoConfig config, TorchWeights weights, int frames)
      throws IOException {
    Path file = Files.createTempFile("flamingo-vision-", ".safetensors");
    try {
      weights.write(file, name -> name.startsWith(PREFIX), StoredType.F32);
      return new FrozenVision(file, VisionPath.open(config, file, frames, 1));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** {@code pixels [T,3,H,W] -> features [T,S,D]}. */
  float[] features(float[] pixels) {
    return path.features(pixels);
  }

  @Override
  public void close() {
    path.close();
    try {
      Files.deleteIfExists(weights);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + weights, e);
    }
  }
}
