package dev.flamingostreams.cli;

import dev.flamingostreams.engine.NvidiaGpu;
import java.util.ArrayList;
import java.util.List;

/** What doctor found, as lines of 80 columns. */
final class CheckupText {
  private static final String NO_LIBRARIES =
      "none in this distribution; build it with mvn -Pgpu or -Pcuda package";

  private CheckupText() {}

  static List<String> machine(Machine machine) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Sheet.lines("java", machine.java()));
    lines.addAll(Sheet.lines("system", machine.system()));
    lines.addAll(
        Sheet.lines(
            "cpu",
            "%s, %d thread%s"
                .formatted(machine.cpu(), machine.threads(), machine.threads() == 1 ? "" : "s")));
    if (!machine.features().isEmpty()) {
      String features = String.join(" ", machine.features());
      lines.addAll(
          Sheet.lines("cpu features", machine.isSlow() ? features + "; no avx2: slow" : features));
    }
    lines.addAll(
        Sheet.lines(
            "memory",
            "%s, %s of it for Java objects at most"
                .formatted(Sheet.size(machine.memoryBytes()), Sheet.size(machine.heapBytes()))));
    return lines;
  }

  static List<String> gpu(Checkup.Gpu gpu) {
    if (gpu.nvidia() == null) {
      return Sheet.lines("gpu", String.valueOf(gpu.problem()));
    }
    List<String> lines = new ArrayList<>();
    List<NvidiaGpu> gpus = gpu.nvidia().gpus();
    for (int i = 0; i < gpus.size(); i++) {
      lines.addAll(Sheet.lines("gpu cuda:" + i, gpus.get(i).toString()));
    }
    lines.addAll(
        Sheet.lines(
            "gpu driver",
            "%s, speaks CUDA %s".formatted(gpu.nvidia().version(), gpu.nvidia().cuda())));
    return lines;
  }

  static List<String> libraries(List<Checkup.Libraries> all) {
    if (all.isEmpty()) {
      return Sheet.lines("gpu libraries", NO_LIBRARIES);
    }
    List<String> lines = new ArrayList<>();
    for (Checkup.Libraries libraries : all) {
      String loaded =
          libraries.problem() == null ? libraries.version() + " loads" : libraries.problem();
      lines.addAll(Sheet.lines("gpu libraries", "%s: %s".formatted(libraries.engine(), loaded)));
      lines.addAll(Sheet.lines("", count(libraries)));
    }
    return lines;
  }

  private static String count(Checkup.Libraries libraries) {
    int found = libraries.found().size();
    int all = found + libraries.missing().size();
    String missing = String.join(", ", libraries.missing());
    return "%d of %d found%s".formatted(found, all, missing.isEmpty() ? "" : "; no " + missing);
  }

  static List<String> engine(SelfTest.Result result) {
    if (!result.works()) {
      return Sheet.lines(
          result.engine(), "not on %s: %s".formatted(result.device(), result.problem()));
    }
    return Sheet.lines(
        result.engine(),
        "%s; first clip after %,d ms, the next in %,d ms"
            .formatted(said(result), result.startMillis(), result.millis()));
  }

  private static String said(SelfTest.Result result) {
    String said = "%s says '%s'".formatted(result.version(), result.caption());
    if (result.right() == null) {
      return "works: %s of '%s'".formatted(said, result.shown());
    }
    return result.right()
        ? "works: " + said
        : "runs, but not as it should: %s of '%s', which the default model tells right"
            .formatted(said, result.shown());
  }
}
