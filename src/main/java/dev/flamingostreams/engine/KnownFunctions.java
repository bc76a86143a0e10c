package dev.flamingostreams.engine;

import java.util.Map;
import java.util.Optional;

/** By which a library is told from another one that goes by its name. */
final class KnownFunctions {
  private static final Map<String, String> OF_LIBRARIES =
      Map.ofEntries(
          Map.entry("libcudart", "cudaGetDeviceProperties_v2"), // not in those before CUDA 12
          Map.entry("libcublas", "cublasCreate_v2"),
          Map.entry("libcublasLt", "cublasLtCreate"),
          Map.entry("libcufft", "cufftExecC2C"),
          Map.entry("libcurand", "curandCreateGenerator"),
          Map.entry("libnvrtc", "nvrtcCreateProgram"),
          Map.entry("libcudnn", "cudnnGetVersion"),
          Map.entry("libcudnn_ops_infer", "cudnnOpsInferVersionCheck"),
          Map.entry("libcudnn_ops_train", "cudnnOpsTrainVersionCheck"),
          Map.entry("libcudnn_cnn_infer", "cudnnCnnInferVersionCheck"),
          Map.entry("libcudnn_cnn_train", "cudnnCnnTrainVersionCheck"),
          Map.entry("libcudnn_adv_infer", "cudnnAdvInferVersionCheck"),
          Map.entry("libcudnn_adv_train", "cudnnAdvTrainVersionCheck"),
          Map.entry("libnvinfer", "getInferLibVersion"),
          Map.entry("libnvinfer_plugin", "initLibNvInferPlugins"),
          Map.entry("libnvinfer_builder_resource", "getNbCaskKLibs_INTERNAL"),
          Map.entry("libnvonnxparser", "createNvOnnxParser_INTERNAL"),
          Map.entry("libnvparsers", "createNvCaffeParser_INTERNAL"),
          Map.entry("libonnxruntime", "OrtGetApiBase"),
          Map.entry("libonnxruntime_providers_cuda", "GetProvider"));

  private KnownFunctions() {}

  /**
   * One that every version that can be used has.
   *
   * @param file such as {@code libcudart.so.12}
   */
  static Optional<String> of(String file) {
    return Optional.ofNullable(OF_LIBRARIES.get(file.split("\\.so", 2)[0]));
  }
}
