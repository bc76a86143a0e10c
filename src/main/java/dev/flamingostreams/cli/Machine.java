package dev.flamingostreams.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the program runs on, as far as it decides how fast a model runs.
 *
 * @param java version and vendor
 * @param system name, version and architecture
 * @param cpu its model, or its architecture if the system does not tell
 * @param threads that compute at once
 * @param features of the CPU that matrices are multiplied with; none if the system does not tell
 * @param memoryBytes that this process may use, its container counted
 * @param heapBytes of those for Java objects at most
 */
record Machine(
    String java,
    String system,
    String cpu,
    int threads,
    List<String> features,
    long memoryBytes,
    long heapBytes) {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final List<String> FEATURES =
      List.of(
          "avx",
          "avx2",
          "fma",
          "f16c",
          "avx512f",
          "avx512bw",
          "avx512_vnni",
          "avx512_bf16",
          "amx_tile",
          "asimd",
          "asimddp",
          "i8mm",
          "bf16",
          "sve");

  static Machine look() {
    return look(CPUS);
  }

  /**
   * @param cpus as Linux lists them in {@code /proc/cpuinfo}, if there is such a file
   */
  static Machine look(Path cpus) {
    String architecture = System.getProperty("os.arch");
    List<String> lines = lines(cpus);
    Set<String> flags =
        Set.of(
            Stream.of(values(lines, "flags|Features").split(" "))
                .distinct()
                .toArray(String[]::new));
    String model = values(lines, "model name");
    return new Machine(
        System.getProperty("java.version") + " of " + System.getProperty("java.vendor"),
        "%s %s on %s"
            .formatted(
                System.getProperty("os.name"), System.getProperty("os.version"), architecture),
        model.isEmpty() ? architecture : model,
        Runtime.getRuntime().availableProcessors(),
        FEATURES.stream().filter(flags::contains).toList(),
        systemMemory(),
        Runtime.getRuntime().maxMemory());
  }

  /** Whether it lacks what ONNX Runtime's fast kernels for this architecture are made of. */
  boolean isSlow() {
    return !features.isEmpty() && features.stream().noneMatch(Set.of("avx2", "asimd")::contains);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file)
          ? Files.readAllLines(file, StandardCharsets.ISO_8859_1)
          : new ArrayList<>();
    } catch (IOException e) {
      return List.of(); // then the system does not tell
    }
  }

  /** Of the first CPU. */
  private static String values(List<String> lines, String key) {
    return lines.stream()
        .map(line -> line.split("\\s*:\\s*", 2))
        .filter(pair -> pair.length == 2 && pair[0].matches(key))
        .map(pair -> pair[1].strip())
        .findFirst()
        .orElse("");
  }

  private static long systemMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
