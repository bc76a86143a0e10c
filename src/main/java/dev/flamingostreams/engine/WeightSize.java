package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;

/** How large the stored weights of a model are, and so how it is run. */
record WeightSize(long bytes) {
  private static final long LARGE = 1L << 30;
  private static final long CACHED = 32L << 20;

  static WeightSize of(Safetensors weights) {
    return new WeightSize(weights.tensors().stream().mapToLong(StoredTensor::length).sum());
  }

  /** Large weights are mapped into memory and not packed again. */
  boolean isLarge() {
    return bytes > LARGE;
  }

  /** The caches of GPUs of data centres hold these: reading them again costs next to nothing. */
  boolean fitCache() {
    return bytes <= CACHED;
  }

  /** Frames that one run of the vision graph takes: a large model is not loaded twice. */
  int framesAtOnce() {
    return isLarge() ? 1 : FrameEncoder.CHUNK;
  }

  /** Clips that are worth gathering, unless the engine is told otherwise. */
  int clipsAtOnce() {
    return isLarge() ? 1 : BatchSizes.LARGEST;
  }
}
