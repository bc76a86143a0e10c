package dev.flamingostreams.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GpuSupport;
import dev.flamingostreams.engine.NvidiaDriver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What doctor found; its components are the keys of {@code --json}, those that do not apply absent.
 */
record Checkup(
    String flamingo,
    Machine machine,
    Gpu gpu,
    List<Libraries> libraries,
    List<SelfTest.Result> engines) {

  /** The driver and its GPUs, or why there are none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Gpu(@Nullable NvidiaDriver nvidia, @Nullable String problem) {
    static Gpu look() {
      try {
        return new Gpu(NvidiaDriver.open(), null);
      } catch (GpuException e) {
        return new Gpu(null, e.getMessage());
      }
    }
  }

  /**
   * Of an engine for GPUs.
   *
   * @param version if they load
   * @param problem why they do not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Libraries(
      String engine,
      @Nullable String version,
      @Nullable String problem,
      List<String> found,
      List<String> missing) {

    static List<Libraries> look() {
      return GpuSupport.all().stream().map(Libraries::of).toList();
    }

    private static Libraries of(GpuSupport support) {
      List<String> found = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (GpuSupport.Library library : support.libraries()) {
        library
            .path()
            .ifPresentOrElse(path -> found.add(path.toString()), () -> missing.add(library.file()));
      }
      try {
        return new Libraries(support.engine(), support.load(), null, found, missing);
      } catch (GpuException | LinkageError e) {
        return new Libraries(support.engine(), null, Failures.line(e), found, missing);
      }
    }
  }
}
