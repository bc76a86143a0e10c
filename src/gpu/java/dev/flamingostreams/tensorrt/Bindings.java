package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuException;
import java.util.function.Supplier;

/** JavaCPP's classes for CUDA and TensorRT, each linked to its native library when first used. */
final class Bindings {
  private static final String FIX =
      "unset FLAMINGO_GPU_LIBRARIES, and see that libraries can be unpacked to ~/.javacpp and loaded";

  private Bindings() {}

  /** Uses them; those that cannot be linked, now or an earlier time, are a {@link GpuException}. */
  static <T> T use(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (LinkageError e) {
      throw GpuException.ofLink("the Java classes for CUDA and TensorRT", e, FIX);
    }
  }
}
