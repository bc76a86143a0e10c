package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.jna.Pointer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Those that need no GPU, for a process of their own. */
final class OwnBuilders {
  private OwnBuilders() {}

  /** Writes what it was told, and where it is. */
  static final class Telling implements GraphCompiler.Builder {
    private int orders;

    @Override
    public long compile(GraphCompiler.Order order, Path engine) throws IOException {
      String known = new String(order.timings().known(), UTF_8);
      order.timings().keep("timed".getBytes(UTF_8));
      Graph graph = order.graph();
      Files.writeString(
          engine,
          Stream.of(
                  ++orders,
                  graph,
                  graph.inputs(),
                  graph.onnx().length,
                  order.weights(),
                  order.gpu(),
                  order.half(),
                  known,
                  System.getenv("LD_LIBRARY_PATH"))
              .map(String::valueOf)
              .collect(joining("\n")));
      return order.gpu().freeBytes() + 1;
    }
  }

  /** Prints, in Java and beside it, and has something to note. */
  static final class Talking implements GraphCompiler.Builder {
    @Override
    public long compile(GraphCompiler.Order order, Path engine) {
      System.out.println("from Java");
      new PrintStream(new FileOutputStream(FileDescriptor.out), true).println("{\"from\": \"C\"}");
      order.timings().note("größer als gedacht");
      return 1;
    }
  }

  /** Fails as the graph's name says. */
  static final class Failing implements GraphCompiler.Builder {
    @Override
    public long compile(GraphCompiler.Order order, Path engine) throws IOException {
      switch (order.graph().name()) {
        case "gpu" -> throw new GpuException("the GPU is on holiday; wait");
        case "memory" -> throw new OutOfGpuMemoryException(order.graph(), "memory is full");
        case "file" -> throw new FileSystemException("part", null, "No space left on device");
        case "library" -> throw new UnsatisfiedLinkError("no jninvinfer");
        case "halt" -> {
          System.err.println("terminate called after throwing an instance");
          Runtime.getRuntime().halt(3);
        }
        case "crash" -> new Pointer(8).setInt(0, 1);
        default -> {}
      }
      return 2;
    }
  }

  /** Says its process and one of its system properties, and compiles for ever. */
  static final class Lasting implements GraphCompiler.Builder {
    @Override
    public long compile(GraphCompiler.Order order, Path engine) throws IOException {
      Files.writeString(engine, ProcessHandle.current().pid() + " " + System.getProperty("toll"));
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return 0;
    }
  }
}
