package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuSupport;
import java.util.List;

/** What doctors ask about TensorRT. */
public final class TensorRtSupport implements GpuSupport {

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
}
