package dev.flamingostreams.training;

import ai.djl.ndarray.NDManager;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run wants of the disk. */
final class Room {
  /** Floats: the weight, its two moments, and the mean of rounds. */
  private static final int CHECKPOINT_BYTES = 16;

  private static final int MODEL_BYTES = 2;

  /** The newest, the one before it, and the next while it is written. */
  private static final int CHECKPOINTS = 3;

  /** Phrases of the first stage, curves, files of text. */
  private static final long BESIDES = 4 << 20;

  private Room() {}

  /** For all that a run of the model keeps at once, in bytes. */
  static long wanted(FlamingoConfig config, NDManager manager) {
    return BESIDES + weights(config, manager) * (CHECKPOINTS * CHECKPOINT_BYTES + MODEL_BYTES);
  }

  /** Runs the model once, on nothing, to meet all of its weights. */
  private static long weights(FlamingoConfig config, NDManager manager) {
    try (NDManager step = manager.newSubManager();
        TorchWeights weights = new TorchWeights(step, 0)) {
      TorchBackend backend = new TorchBackend(step);
      Flamingo flamingo = new Flamingo(config, weights.in(backend), backend);
      int side = config.vision().inputSize();
      Tensor features =
          flamingo.vision(backend.constant(new float[3 * side * side], 1, 3, side, side));
      long[] s = features.shape();
      int embeddings = config.resampler().timeEmbeddings();
      Tensor latents =
          flamingo.resample(
              features.reshape(1, 1, s[1], s[2]),
              backend.constant(new float[embeddings], 1, 1, embeddings),
              backend.constant(new float[] {1}, 1, 1),
              backend.constant(new int[1], 1));
      Tensor one = backend.constant(new int[] {1}, 1, 1);
      long[] l = latents.shape();
      flamingo.logits(latents.reshape(1, 1, l[1], l[2]), one, one);
      return weights.all().values().stream().mapToLong(array -> array.getShape().size()).sum();
    }
  }

  /**
   * What the run will take of the disk and what is free, in one line.
   *
   * @param wanted in bytes, of which the checkpoints that are there already take a part
   * @throws TrainingException if the run's files would not fit
   */
  static String check(Path directory, long wanted) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    check(directory, wanted - there(directory), free);
    return "checkpoints and model want %,d MB in %s, the disk has %,d MB free"
        .formatted(megabytes(wanted), directory, free >> 20);
  }

  static void check(Path directory, long wanted, long free) {
    if (free < wanted) {
      throw new TrainingException(
          "%s: checkpoints and model want %,d MB, the disk has %,d MB free; make room or name another directory"
              .formatted(directory, megabytes(wanted), free >> 20));
    }
  }

  private static long megabytes(long bytes) {
    return (bytes >> 20) + 1;
  }

  private static long there(Path directory) throws IOException {
    long bytes = 0;
    for (String name : List.of(Checkpoints.NEWEST, Checkpoints.PREVIOUS)) {
      Path file = directory.resolve(name);
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }
}
