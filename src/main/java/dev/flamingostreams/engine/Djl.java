package dev.flamingostreams.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtEnvironment;
import java.util.function.Supplier;

/** What DJL must be told before and while it is used. */
final class Djl {
  static final String ONNX_RUNTIME = "OnnxRuntime";
  static final String TENSORRT = "TensorRT";

  private Djl() {}

  /**
   * Loads ONNX Runtime with one pool of threads for all sessions, once in a JVM, and gives its
   * version. DJL reads these settings from system properties; what a host has set stays.
   */
  static String startOnnxRuntime(int threads) {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("ai.djl.onnx.disable_alternative", "true");
    setIfAbsent("ai.djl.onnxruntime.num_threads", Integer.toString(threads));
    OnnxCuda.natives().ifPresent(path -> setIfAbsent("onnxruntime.native.path", path.toString()));
    inOwnLoader(() -> Engine.getEngine(ONNX_RUNTIME));
    UnpackedLibraries.delete();
    return OrtEnvironment.getEnvironment().getVersion(); // DJL names the one that it was made for
  }

  /** Loads what runs compiled graphs; the libraries that it needs must be loaded before. */
  static void startTensorRt() {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("ai.djl.tensorrt.disable_alternative", "true");
    try {
      inOwnLoader(() -> Engine.getEngine(TENSORRT).getVersion());
    } catch (EngineException e) {
      throw new GpuException("DJL cannot load its TensorRT engine: " + OnnxSession.cause(e), e);
    } catch (LinkageError e) {
      throw GpuException.ofLink(
          "DJL's TensorRT engine",
          e,
          "let DJL_CACHE_DIR name a directory where libraries can be unpacked and loaded");
    }
  }

  /** Runs with the class loader that DJL is to find its engines and natives with. */
  static <T> T inOwnLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Djl.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
