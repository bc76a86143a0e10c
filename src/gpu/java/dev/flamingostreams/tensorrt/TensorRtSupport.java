package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GpuSupport;
import dev.flamingostreams.engine.NvidiaDriver;
import dev.flamingostreams.engine.NvidiaGpu;
import java.util.List;
import java.util.Optional;

/** What the rest of the project asks about TensorRT. */
public final class TensorRtSupport implements GpuSupport {
  /** Hopper; TensorRT 8.6 has kernels for no later generation. */
  private static final int NEWEST = 9;

  @Override
  public String engine() {
    return "TensorRT";
  }

  @Override
  public List<Library> libraries() {
    return TensorRtLibraries.all();
  }

  @Override
  public String load() {
    return TensorRtLibraries.load();
  }

  @Override
  public Optional<String> problem() {
    try {
      load();
      NvidiaDriver driver = NvidiaDriver.open();
      if (driver.gpus().stream().noneMatch(gpu -> gpu.major() <= NEWEST)) {
        return Optional.of(tooNew(driver.gpus().get(0)));
      }
      return Optional.empty();
    } catch (GpuException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  static String tooNew(NvidiaGpu gpu) {
    return "TensorRT 8.6 knows no GPU as new as %s; build with -Pcuda and use --engine onnxruntime --device cuda"
        .formatted(gpu);
  }
}
