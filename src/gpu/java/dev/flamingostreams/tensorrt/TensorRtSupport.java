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

  /** Of what compiles graphs, which is loaded in its own process, whether it is there. */
  @Override
  public String load() {
    String version = TensorRtLibraries.load();
    new TensorRtCompiler().checkBuilder();
    return version;
  }
}
