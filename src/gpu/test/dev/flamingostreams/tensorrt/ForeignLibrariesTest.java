package dev.flamingostreams.tensorrt;

import static dev.flamingostreams.engine.StubLibrary.Function.returns;
import static dev.flamingostreams.engine.StubLibrary.Function.writes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.StubLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries of a machine that are not those that they are taken for, each met by a new process. */
class ForeignLibrariesTest {
  private static final String LIBRARIES = "flamingo.gpu.libraries";

  /** In front of the right ones. */
  @TempDir Path foreign;

  @Test
  void anOtherTensorRtIsRefusedBeforeWhatIsLinkedToIt() throws Exception {
    StubLibrary.write(foreign.resolve("libnvinfer.so.8"), returns("getInferLibVersion", 8_503));
    assertThat(said())
        .allMatch(
            line -> line.startsWith(foreign + "/libnvinfer.so.8 is TensorRT 8.5.3, 8.6 is needed;"))
        .hasSize(2);
  }

  @Test
  void aLibraryByTheNameOfTensorRtIsRefused() throws Exception {
    StubLibrary.write(foreign.resolve("libnvinfer.so.8"), returns("zlibVersion", 1));
    assertThat(said())
        .allMatch(line -> line.contains(" is another library (it has no function getInferLib"))
        .hasSize(2);
  }

  @Test
  void aDriverThatCudaCannotUseIsToldInOneLine() throws Exception {
    writeDriver();
    assertThat(said())
        .filteredOn(line -> !line.startsWith("Warning: Versions of org.bytedeco"))
        .allMatch(line -> line.matches("CUDA cannot use GPU 0: .+; nvidia-smi shows the driver.*"))
        .hasSize(2);
  }

  @Test
  void libraryByLibraryIsLookedAtAlsoWhatOnlyCompiles() throws Exception {
    Path whole = Path.of(System.getProperty(LIBRARIES));
    try (Stream<Path> files = Files.list(whole)) {
      for (Path file : files.filter(file -> !file.toString().contains("builder")).toList()) {
        Files.createSymbolicLink(foreign.resolve(whole.relativize(file)), file);
      }
    }
    assertThat(said(Whole.class, foreign.toString()))
        .singleElement()
        .asString()
        .startsWith("there is no libnvinfer_builder_resource.so.8.6.1 in " + foreign + "; build");
    StubLibrary.write(
        foreign.resolve("libnvinfer_builder_resource.so.8.6.1"), returns("zlibVersion", 1));
    assertThat(said(Whole.class, foreign.toString()))
        .singleElement()
        .asString()
        .contains("builder_resource.so.8.6.1 is another library (it has no function getNbCask");
  }

  private void writeDriver() throws IOException {
    StubLibrary.write(
        foreign.resolve("libcuda.so.1"),
        returns("cuInit", 0),
        writes("cuDriverGetVersion", 12_030),
        writes("cuDeviceGetCount", 1),
        writes("cuDeviceGet", 0),
        writes("cuDeviceGetName", 'G'),
        writes("cuDeviceTotalMem_v2", 1 << 30),
        writes("cuDeviceGetAttribute", 9));
  }

  private List<String> said() throws Exception {
    return said(TwoTries.class, foreign + File.pathSeparator + System.getProperty(LIBRARIES));
  }

  private List<String> said(Class<?> program, String directories) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:-CreateCoredumpOnCrash",
            "-D" + LIBRARIES + "=" + directories,
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    process.environment().put("LD_LIBRARY_PATH", foreign.toString());
    Process started = process.redirectErrorStream(true).start();
    String said = new String(started.getInputStream().readAllBytes(), UTF_8);
    assertThat(started.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  static final class TwoTries {
    public static void main(String... none) {
      for (int i = 0; i < 2; i++) {
        try {
          TensorRtLibraries.load();
          System.out.println(new TensorRtCompiler().gpu(0));
        } catch (GpuException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  static final class Whole {
    public static void main(String... none) {
      try {
        System.out.println(new TensorRtSupport().load());
      } catch (GpuException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
