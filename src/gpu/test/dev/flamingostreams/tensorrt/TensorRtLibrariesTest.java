package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GpuSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Also where there is no GPU. */
class TensorRtLibrariesTest {

  @Test
  void tensorRtLoads() {
    assertThat(TensorRtLibraries.load()).isEqualTo("8.6.1");
  }

  @Test
  void anotherTensorRtIsRefusedByItsNumber() {
    Path file = Path.of("libnvinfer.so.8");
    assertThat(TensorRtLibraries.version(file, 8_600)).isEqualTo("8.6.0");
    for (int number : new int[] {8_503, 8_700, 10_300}) {
      assertThatThrownBy(() -> TensorRtLibraries.version(file, number))
          .isInstanceOf(GpuException.class)
          .message()
          .matches(
              "libnvinfer.so.8 is TensorRT [0-9.]+, 8.6 is needed; build with -Pgpu, or let FLAMINGO_GPU_LIBRARIES name a directory with that first");
    }
  }

  @Test
  void djlFindsItsEngineThen() {
    TensorRtLibraries.load();
    assertThat(Engine.getEngine("TensorRT").getVersion()).isEqualTo("8.6.1");
  }

  @Test
  void theLibrariesAreComplete() {
    assertThat(TensorRtLibraries.all()).allMatch(library -> library.path().isPresent());
  }

  /** All but CUDA's own, which is linked to the driver. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuda/linux-x86_64/libjnicublas.so",
        "cuda/linux-x86_64/libjnicudnn.so",
        "cuda/linux-x86_64/libjninvrtc.so",
        "tensorrt/linux-x86_64/libjninvinfer.so",
        "tensorrt/linux-x86_64/libjninvonnxparser.so"
      })
  void whatJavaCallsThemThroughFindsAllThatItIsLinkedTo(String library) throws IOException {
    TensorRtLibraries.load();
    String file = Loader.cacheResource("/org/bytedeco/" + library).getPath();
    assertThatCode(() -> System.load(file)).doesNotThrowAnyException();
  }

  /** A process of its own, as cuDNN ends it if a part is missing. */
  @Test
  void cuDnnTellsTensorRtItsVersion() throws Exception {
    assertThat(said(CuDnnVersion.class)).contains("cuDNN 8");
  }

  /** A process of its own, as JavaCPP is told once. */
  @Test
  void javaCppDoesNotRefuseMemoryForWhatTheBuilderHolds() throws Exception {
    assertThat(said(MemoryCap.class)).contains("cap 0");
  }

  private static List<String> said(Class<?> program) throws Exception {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Dflamingo.gpu.libraries=" + System.getProperty("flamingo.gpu.libraries"),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void theRestOfTheProjectFindsTensorRt() {
    assertThat(GpuSupport.all()).extracting(GpuSupport::engine).contains("TensorRT");
  }
}
