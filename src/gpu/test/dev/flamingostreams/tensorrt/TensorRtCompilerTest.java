package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.Graph;
import dev.flamingostreams.engine.GraphCompiler;
import dev.flamingostreams.engine.Timings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Also where there is no GPU. */
class TensorRtCompilerTest {
  private static final GraphCompiler.Gpu GPU =
      new GraphCompiler.Gpu(0, "NVIDIA H100", "sm_90", 80L << 30, 79L << 30);

  @Test
  void whatCompilesIsThere() {
    assertThatCode(new TensorRtCompiler()::checkBuilder).doesNotThrowAnyException();
  }

  /** The system's linker finds TensorRT's builder by its name before a GPU is asked for. */
  @Test
  void itsProcessLoadsAllLibrariesAndOneLineSaysWhyItCompilesNothing(@TempDir Path folder) {
    Graph graph = new Graph("vision", "8", List.of("pixels"), new byte[] {1, 2, 3}, 0);
    GraphCompiler.Order order =
        new GraphCompiler.Order(
            graph, folder, GPU, new Timings(folder.resolve("timings"), note -> {}), true);
    try (GraphCompiler.Build build = new TensorRtCompiler().begin()) {
      assertThatThrownBy(() -> build.compile(order, folder.resolve("engine")))
          .isInstanceOf(GpuException.class)
          .message()
          .matches("the(re is no)? NVIDIA driver[^\n]*; [^\n]*|TensorRT cannot read vision 8: .*");
    }
  }
}
