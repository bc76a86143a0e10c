package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuDirectories;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GpuSupport.Library;
import dev.flamingostreams.engine.NativeFunctions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of TensorRT 8.6 and what they are linked to, loaded once in a JVM. What is
 * wrong with one is a {@link GpuException} of one line.
 */
public final class TensorRtLibraries {
  private static final String PLATFORM = "linux-x86_64";
  private static final String VERSION = "8.6.";
  private static final String CUDA_RUNTIME = "libcudart.so.12";
  private static final String TENSORRT = "libnvinfer.so.8";

  /** TensorRT loads it by this name when it builds, so the system must find it. */
  private static final String BUILDER = "libnvinfer_builder_resource.so.8.6.1";

  /**
   * What TensorRT is linked to, each after those that it is linked to. It asks cuDNN for its
   * version, which ends the process if it does not find its parts; NVRTC is what Java's classes of
   * TensorRT are linked to.
   */
  private static final List<String> BELOW =
      List.of(
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libnvrtc-builtins.so.12.*",
          "libnvrtc.so.12",
          "libcudnn_ops_infer.so.8",
          "libcudnn_ops_train.so.8",
          "libcudnn_cnn_infer.so.8",
          "libcudnn_cnn_train.so.8",
          "libcudnn_adv_infer.so.8",
          "libcudnn_adv_train.so.8",
          "libcudnn.so.8");

  /** What is linked to TensorRT. Beside one of another version they end the process. */
  private static final List<String> ABOVE =
      List.of("libnvinfer_plugin.so.8", "libnvonnxparser.so.8", "libnvparsers.so.8");

  private static final String MOST_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static @Nullable String loaded;

  private TensorRtLibraries() {}

  /**
   * Loads what is not loaded yet. DJL's engine TensorRT can be had from then on.
   *
   * @return the version of TensorRT, such as 8.6.1
   */
  public static synchronized String load() {
    String version = loaded;
    if (version == null) {
      version = Bindings.use(TensorRtLibraries::loadAll);
      loaded = version;
    }
    return version;
  }

  private static String loadAll() {
    liftCap();
    checkPlatform();
    GpuDirectories directories = directories();
    directories.load(CUDA_RUNTIME, Loader::loadGlobal); // for DJL's, which is linked to none
    BELOW.forEach(directories::load);
    directories.load(TENSORRT);
    String version = version(directories.find(TENSORRT));
    ABOVE.forEach(directories::load);
    return version;
  }

  /**
   * JavaCPP refuses memory when the process holds four times as much as the heap may grow to;
   * TensorRT's builder alone holds 3 GB. It reads that when its first class is used, and only then,
   * so that nobody else's is told.
   */
  private static void liftCap() {
    if (System.getProperty(MOST_PHYSICAL_BYTES) == null) {
      System.setProperty(MOST_PHYSICAL_BYTES, "0");
      Pointer.maxPhysicalBytes();
      System.clearProperty(MOST_PHYSICAL_BYTES);
    }
  }

  /** The directories, which have what TensorRT builds engines with as well. */
  static List<Path> withBuilder() {
    GpuDirectories directories = directories();
    directories.find(BUILDER);
    return directories.paths();
  }

  /**
   * Checks that the system finds what TensorRT builds with by its name, as TensorRT asks for it.
   */
  static void checkBuilder() {
    try {
      Loader.loadGlobal(BUILDER);
    } catch (UnsatisfiedLinkError e) {
      throw new GpuException(
          "TensorRT cannot load %s (%s); unpack the distribution again, or build it again with -Pgpu"
              .formatted(BUILDER, e.getMessage()),
          e);
    }
  }

  /** What is needed to run engines and to build them, found or not. */
  static List<Library> all() {
    GpuDirectories directories = directories();
    return Stream.of(List.of(CUDA_RUNTIME), BELOW, List.of(TENSORRT), ABOVE, List.of(BUILDER))
        .flatMap(List::stream)
        .map(file -> new Library(file, directories.locate(file)))
        .toList();
  }

  private static GpuDirectories directories() {
    return GpuDirectories.of("gpu");
  }

  private static void checkPlatform() {
    String platform = Loader.getPlatform();
    if (!platform.equals(PLATFORM)) {
      throw new GpuException("TensorRT is for %s, this is %s".formatted(PLATFORM, platform));
    }
  }

  private static String version(Path path) {
    return version(path, NativeFunctions.of(path.toString()).call("getInferLibVersion"));
  }

  /** Of the number that TensorRT gives, if it is one that can be used. */
  static String version(Path path, int number) {
    String version = "%d.%d.%d".formatted(number / 1000, number / 100 % 10, number % 100);
    if (!version.startsWith(VERSION)) {
      throw new GpuException(
          "%s is TensorRT %s, 8.6 is needed; build with -Pgpu, or let FLAMINGO_GPU_LIBRARIES name a directory with that first"
              .formatted(path, version));
    }
    return version;
  }
}
