package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Compiles graphs for a GPU. The GPU distribution brings one, with the libraries that it needs;
 * whatever is wrong with them or the GPU is a {@link GpuException}.
 */
public interface GraphCompiler {

  /** That of this distribution, if it has one. */
  static Optional<GraphCompiler> find() {
    return Djl.inOwnLoader(() -> ServiceLoader.load(GraphCompiler.class).findFirst());
  }

  /** Loads the libraries, once in a JVM, and gives their version, such as {@code 8.6.1}. */
  String version();

  /** A GPU that graphs can be compiled for. */
  Gpu gpu(int index);

  /** Refuses where what graphs are compiled with, and run without, will not be found. */
  void checkBuilder();

  /**
   * A GPU.
   *
   * @param architecture such as {@code sm_90}: what is compiled for one does not run on another
   */
  record Gpu(int index, String name, String architecture, long totalBytes, long freeBytes) {}

  /**
   * How a graph is to be compiled.
   *
   * @param weights directory of the file that the graph points into
   * @param timings what is known of how fast kernels are; made better by each compilation
   * @param half whether to compute in half precision where that does
   */
  record Order(Graph graph, Path weights, Gpu gpu, Timings timings, boolean half) {}

  /**
   * Lets the GPU of this thread copy from and to memory without the processor, until it is
   * unlocked.
   *
   * @param memory direct
   * @return false if the driver does not want that, which costs time and nothing else
   */
  boolean lock(ByteBuffer memory);

  void unlock(ByteBuffer memory);

  /** Begins to compile for one GPU; what all graphs need is loaded with the first of them. */
  Build begin();

  /** Compiles one graph after the other, for one GPU, as long as its process lives. */
  interface Builder {

    /** Writes a TensorRT engine file, and gives the bytes of GPU memory that running it takes. */
    long compile(Order order, Path engine) throws IOException;
  }

  /** One that holds something meanwhile. */
  interface Build extends Builder, AutoCloseable {
    @Override
    void close();
  }
}
