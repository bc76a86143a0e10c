package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.NvidiaDriver;
import dev.flamingostreams.engine.NvidiaGpu;
import java.util.List;

/** The GPUs that TensorRT 8.6 has kernels for: up to Hopper. */
final class TensorRtGpus {
  private static final int HOPPER = 9;

  private TensorRtGpus() {}

  /** A {@link GpuException} says that there is none, or that it is too new. */
  static NvidiaGpu get(int index) {
    return get(NvidiaDriver.open().gpus(), index);
  }

  static NvidiaGpu get(List<NvidiaGpu> gpus, int index) {
    NvidiaGpu gpu = NvidiaDriver.gpu(gpus, index);
    if (gpu.major() > HOPPER) {
      throw new GpuException(
          "TensorRT 8.6 knows no GPU as new as cuda:%d (%s); build with -Pcuda and take --engine onnxruntime --device cuda"
              .formatted(index, gpu));
    }
    return gpu;
  }
}
