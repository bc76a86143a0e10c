package dev.flamingostreams.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ONNX Runtime on NVIDIA GPUs. What it lacks is asked before it is run, since it tells in many
 * words.
 */
final class OnnxCuda implements GpuSupport {
  private static final String PROVIDER = "libonnxruntime_providers_cuda.so";

  private static final List<String> ONNX_RUNTIME =
      List.of(
          "libonnxruntime.so",
          "libonnxruntime4j_jni.so",
          "libonnxruntime_providers_shared.so",
          PROVIDER);

  /** What the provider is linked to, and what those load; each after those that it is linked to. */
  private static final List<String> CUDA =
      List.of(
          "libcudart.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcurand.so.10",
          "libnvrtc-builtins.so.12.*",
          "libnvrtc.so.12",
          "libcudnn.so.9",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9",
          "libcudnn_heuristic.so.9");

  /** Where the provider lies, if the distribution is one for CUDA. */
  static Optional<Path> directory() {
    return directories().locate(PROVIDER).map(Path::getParent);
  }

  /**
   * Where ONNX Runtime is to be loaded from, if there is a GPU for it: with its CUDA provider at
   * hand it crashes where there is none.
   */
  static Optional<Path> natives() {
    return directory().filter(built -> hasGpu());
  }

  private static boolean hasGpu() {
    try {
      return !NvidiaDriver.open().gpus().isEmpty();
    } catch (GpuException e) {
      return false; // whoever asks for a GPU is told why
    }
  }

  /** A {@link GpuException} says why that GPU cannot be used. */
  static void check(int index) {
    if (directory().isEmpty()) {
      throw new GpuException(
          "this distribution has no ONNX Runtime for CUDA; build it with mvn -Pcuda package");
    }
    loadCuda();
    NvidiaDriver.gpu(NvidiaDriver.open().gpus(), index);
  }

  /** The provider, which ONNX Runtime loads, finds what is loaded. */
  private static void loadCuda() {
    GpuDirectories directories = directories();
    ONNX_RUNTIME.forEach(directories::find);
    CUDA.forEach(directories::load);
  }

  private static GpuDirectories directories() {
    return GpuDirectories.of("cuda");
  }

  @Override
  public String engine() {
    return "ONNX Runtime for CUDA";
  }

  @Override
  public List<Library> libraries() {
    GpuDirectories directories = directories();
    return Stream.concat(ONNX_RUNTIME.stream(), CUDA.stream())
        .map(file -> new Library(file, directories.locate(file)))
        .toList();
  }

  @Override
  public String load() {
    loadCuda();
    return Djl.startOnnxRuntime(EngineOptions.defaults().threads());
  }
}
