package dev.flamingostreams.engine;

import java.util.List;

/** Whether ONNX Runtime can be run on a GPU, asked before it is, since it tells in many words. */
final class OnnxCuda {
  private static final String PROVIDER =
      "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

  private OnnxCuda() {}

  /** A {@link GpuException} says why it cannot be. */
  static void check(int index) {
    if (!isBuilt()) {
      throw new GpuException(
          "this distribution has no ONNX Runtime for CUDA; build it with mvn -Pcuda package");
    }
    List<NvidiaGpu> gpus = NvidiaDriver.open().gpus();
    if (index >= gpus.size()) {
      throw new GpuException(
          "there is no cuda:%d; GPUs that the NVIDIA driver shows: %d, from cuda:0 on"
              .formatted(index, gpus.size()));
    }
  }

  /** Whether the distribution is one for CUDA. */
  static boolean isBuilt() {
    return OnnxCuda.class.getClassLoader().getResource(PROVIDER) != null;
  }
}
