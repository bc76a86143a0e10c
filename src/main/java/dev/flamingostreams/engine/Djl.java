package dev.flamingostreams.engine;

import ai.djl.engine.Engine;
import java.util.function.Supplier;

/** What DJL must be told before and while it is used. */
final class Djl {
  static final String ONNX_RUNTIME = "OnnxRuntime";

  private Djl() {}

  /**
   * Loads ONNX Runtime with one pool of threads for all sessions, once in a JVM, and gives its name
   * and version. DJL reads these settings from system properties; what a host has set stays.
   */
  static String start(int threads) {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("ai.djl.onnx.disable_alternative", "true");
    setIfAbsent("ai.djl.onnxruntime.num_threads", Integer.toString(threads));
    String version = inOwnLoader(() -> Engine.getEngine(ONNX_RUNTIME).getVersion());
    UnpackedLibraries.delete();
    return "onnxruntime " + version + " cpu";
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
