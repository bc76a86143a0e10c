package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Whether a GPU has room, asked before TensorRT is, which ends the process where there is none. */
final class GpuMemory {
  /** For what the driver takes. */
  private static final long SPARE_BYTES = 256L << 20;

  private GpuMemory() {}

  static void check(Graph graph, CompiledGraphs.Compiled compiled, GraphCompiler.Gpu gpu) {
    long wanted = bytes(graph, compiled) + SPARE_BYTES;
    if (wanted > gpu.freeBytes()) {
      throw new OutOfGpuMemoryException(
          graph,
          "the %s graph wants %,d MB of GPU memory, %s has %,d of %,d MB free; use smaller batches or fewer topologies"
              .formatted(
                  graph, wanted >> 20, gpu.name(), gpu.freeBytes() >> 20, gpu.totalBytes() >> 20));
    }
  }

  /** What a graph takes when it is loaded. */
  static long bytes(Graph graph, CompiledGraphs.Compiled compiled) {
    return weights(compiled) + compiled.deviceBytes() + graph.arrayBytes();
  }

  /** A compiled graph's file is its weights and little else. */
  private static long weights(CompiledGraphs.Compiled compiled) {
    try {
      return Files.size(compiled.file());
    } catch (IOException e) {
      throw new GpuException("cannot read %s: %s".formatted(compiled.file(), e), e);
    }
  }

  /**
   * Refuses a model that no GPU of this size would hold: it would fail with each clip.
   *
   * @param smallest bytes of the smallest graph of each name, which are loaded together
   */
  static void check(Map<String, Long> smallest, GraphCompiler.Gpu gpu) {
    long wanted = smallest.values().stream().mapToLong(Long::longValue).sum() + SPARE_BYTES;
    if (wanted > gpu.totalBytes()) {
      throw new GpuException(
          "the model's smallest graphs (%s) want %,d MB of GPU memory, %s has %,d MB; take a smaller model, a larger GPU or --device cpu"
              .formatted(
                  String.join(", ", smallest.keySet()),
                  wanted >> 20,
                  gpu.name(),
                  gpu.totalBytes() >> 20));
    }
  }
}
