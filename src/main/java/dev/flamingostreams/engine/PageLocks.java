package dev.flamingostreams.engine;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Memory of a session that the GPU copies from and to by itself, as long as this is open. */
final class PageLocks implements AutoCloseable {
  /** What is smaller is copied as fast anyway, and may share a page with others. */
  private static final int FEWEST_BYTES = 64 << 10;

  private final GraphCompiler gpu;
  private final List<ByteBuffer> locked = new ArrayList<>();

  private PageLocks(GraphCompiler gpu) {
    this.gpu = gpu;
  }

  /** Of large arrays, as far as the driver lets them be locked. */
  static PageLocks of(Collection<NDArray> arrays, GraphCompiler gpu) {
    PageLocks locks = new PageLocks(gpu);
    for (NDArray array : arrays) {
      ByteBuffer memory = Array.memory(array);
      if (memory.remaining() >= FEWEST_BYTES && gpu.lock(memory)) {
        locks.locked.add(memory);
      }
    }
    return locks;
  }

  @Override
  public void close() {
    locked.forEach(gpu::unlock);
    locked.clear();
  }
}
