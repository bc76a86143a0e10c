package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.CompilerProcess;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GraphCompiler;
import java.nio.ByteBuffer;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;

/** The GPUs of this machine, as CUDA tells of them, and TensorRT to compile for them. */
public final class TensorRtCompiler implements GraphCompiler {
  @Override
  public String version() {
    return TensorRtLibraries.load();
  }

  @Override
  public Gpu gpu(int index) {
    TensorRtGpus.get(index); // the classes below are linked to the driver
    TensorRtLibraries.load();
    return Bindings.use(() -> asked(index));
  }

  private static Gpu asked(int index) {
    check("use GPU " + index, cudart.cudaSetDevice(index));
    try (cudaDeviceProp properties = new cudaDeviceProp();
        SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      check("ask GPU " + index, cudart.cudaGetDeviceProperties(properties, index));
      check("ask GPU " + index, cudart.cudaMemGetInfo(free, total));
      return new Gpu(
          index,
          properties.name().getString(),
          "sm_%d%d".formatted(properties.major(), properties.minor()),
          total.get(),
          free.get());
    }
  }

  @Override
  public void checkBuilder() {
    process().check();
  }

  private static CompilerProcess process() {
    return new CompilerProcess(TensorRtBuilder.class, TensorRtLibraries::withBuilder);
  }

  static void check(String what, int code) {
    if (code != 0) {
      throw new GpuException(
          "CUDA cannot %s: %s; nvidia-smi shows the driver, which must be 525 or later"
              .formatted(what, cudart.cudaGetErrorString(code).getString()));
    }
  }

  @Override
  public boolean lock(ByteBuffer memory) {
    return PageLock.lock(memory);
  }

  @Override
  public void unlock(ByteBuffer memory) {
    PageLock.unlock(memory);
  }

  @Override
  public Build begin() {
    return process();
  }
}
