package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.file.Files;

/** Whether a GPU has room, asked before TensorRT is, which ends the process where there is none. */
final class GpuMemory {
  /** For what the driver and the arrays that go in and out take. */
  private static final long SPARE_BYTES = 256L << 20;

  private GpuMemory() {}

  static void check(Graph graph, CompiledGraphs.Compiled compiled, GraphCompiler.Gpu gpu) {
    long wanted = weights(compiled) + compiled.deviceBytes() + SPARE_BYTES;
    if (wanted > gpu.freeBytes()) {
      throw new OutOfGpuMemoryException(
          graph,
          "the %s graph wants %,d MB of GPU memory, %s has %,d of %,d MB free; use smaller batches or fewer topologies"
              .formatted(
                  graph, wanted >> 20, gpu.name(), gpu.freeBytes() >> 20, gpu.totalBytes() >> 20));
    }
  }

  /** A compiled graph's file is its weights and little else. */
  private static long weights(CompiledGraphs.Compiled compiled) {
    try {
      return Files.size(compiled.file());
    } catch (IOException e) {
      throw new GpuException("cannot read %s: %s".formatted(compiled.file(), e), e);
    }
  }
}
