package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The NVIDIA driver and the GPUs that it shows this process, as its own library tells (CUDA Driver
 * API).
 *
 * @param version of the kernel module, or {@code unknown}
 * @param cuda the newest CUDA that the driver speaks, such as 12.2
 * @param gpus at least one
 */
public record NvidiaDriver(String version, String cuda, List<NvidiaGpu> gpus) {
  private static final String LIBRARY = "libcuda.so.1";
  private static final Path MODULE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION = Pattern.compile("\\s(\\d+\\.\\d+(\\.\\d+)?)\\s");
  private static final String UNKNOWN = "unknown";
  private static final String FIX = "install NVIDIA driver 525 or newer";
  private static final int NEEDED_CUDA = 12_000;
  private static final int NO_DEVICE = 100;
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;
  private static final int MAX_NAME = 256;

  /** Asks the driver; a {@link GpuException} says why there is no GPU to be used. */
  public static NvidiaDriver open() {
    return of(load(LIBRARY), moduleVersion(MODULE));
  }

  static NativeFunctions load(String library) {
    try {
      return NativeFunctions.of(library);
    } catch (UnsatisfiedLinkError e) {
      throw new GpuException(
          "there is no NVIDIA driver (%s); %s, in a container with --gpus all"
              .formatted(library, FIX),
          e);
    }
  }

  /** Such as 535.104.05; the driver's own library does not tell. */
  static String moduleVersion(Path module) {
    try {
      Matcher matcher = VERSION.matcher(Files.readString(module, StandardCharsets.ISO_8859_1));
      return matcher.find() ? matcher.group(1) : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN; // some sandboxes hide the file and show the GPU
    }
  }

  static NvidiaDriver of(NativeFunctions functions, String version) {
    String driver = "the NVIDIA driver" + (version.equals(UNKNOWN) ? "" : " " + version);
    start(functions, driver);
    int cuda = integer(functions, "cuDriverGetVersion");
    String spoken = cuda / 1000 + "." + cuda % 1000 / 10;
    if (cuda < NEEDED_CUDA) {
      throw new GpuException("%s speaks CUDA %s only; %s".formatted(driver, spoken, FIX));
    }
    List<NvidiaGpu> gpus = gpus(functions);
    if (gpus.isEmpty()) {
      throw showsNone(driver);
    }
    return new NvidiaDriver(version, spoken, gpus);
  }

  private static void start(NativeFunctions functions, String driver) {
    int error = functions.call("cuInit", 0);
    if (error == NO_DEVICE) {
      throw showsNone(driver);
    } else if (error != 0) {
      throw new GpuException(
          "%s does not start (CUDA error %d); check it with nvidia-smi, or %s"
              .formatted(driver, error, FIX));
    }
  }

  private static GpuException showsNone(String driver) {
    return new GpuException(
        "%s shows this process no GPU; give it one (CUDA_VISIBLE_DEVICES, --gpus of a container)"
            .formatted(driver));
  }

  private static List<NvidiaGpu> gpus(NativeFunctions functions) {
    List<NvidiaGpu> gpus = new ArrayList<>();
    int count = integer(functions, "cuDeviceGetCount");
    for (int i = 0; i < count; i++) {
      int device = integer(functions, "cuDeviceGet", i);
      byte[] name = new byte[MAX_NAME];
      call(functions, "cuDeviceGetName", name, MAX_NAME, device);
      long[] bytes = new long[1];
      call(functions, "cuDeviceTotalMem_v2", bytes, device);
      gpus.add(
          new NvidiaGpu(
              new String(name, StandardCharsets.ISO_8859_1).split("\0", 2)[0],
              integer(functions, "cuDeviceGetAttribute", COMPUTE_CAPABILITY_MAJOR, device),
              integer(functions, "cuDeviceGetAttribute", COMPUTE_CAPABILITY_MINOR, device),
              bytes[0]));
    }
    return gpus;
  }

  /** What a function writes to its first argument. */
  private static int integer(NativeFunctions functions, String function, Object... rest) {
    int[] value = new int[1];
    Object[] arguments = new Object[rest.length + 1];
    arguments[0] = value;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    call(functions, function, arguments);
    return value[0];
  }

  private static void call(NativeFunctions functions, String function, Object... arguments) {
    int error = functions.call(function, arguments);
    if (error != 0) {
      throw new GpuException(
          "the NVIDIA driver fails in %s (CUDA error %d); check it with nvidia-smi"
              .formatted(function, error));
    }
  }

  /** One of those that the driver shows; a {@link GpuException} says that it is not there. */
  public static NvidiaGpu gpu(List<NvidiaGpu> gpus, int index) {
    if (index >= gpus.size()) {
      throw new GpuException(
          "there is no cuda:%d; GPUs that the NVIDIA driver shows: %d, from cuda:0 on"
              .formatted(index, gpus.size()));
    }
    return gpus.get(index);
  }
}
