package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFunctionsTest {
  private static final NativeFunctions C = NativeFunctions.of(Platform.C_LIBRARY_NAME);

  @Test
  void aFunctionReadsArraysAndReturnsANumber() {
    assertThat(C.call("abs", -3)).isEqualTo(3);
    byte[] written = {1, 2, 3};
    C.call("memset", written, 7, 2);
    assertThat(written).containsExactly(7, 7, 3);
  }

  @Test
  void aLibraryThatLacksAFunctionIsAnotherOne() {
    assertThatThrownBy(() -> C.call("cuInit", 0))
        .isInstanceOf(GpuException.class)
        .message()
        .matches(".+ is another library \\(it has no function cuInit\\); put the right one [^\n]+");
  }

  @Test
  void aLibraryThatIsNotThereIsTheCallersToTell() {
    assertThatThrownBy(() -> NativeFunctions.of("libcuda-of-nobody.so.1"))
        .isInstanceOf(UnsatisfiedLinkError.class);
  }

  /** A process of its own, as JNA is loaded once. */
  @Test
  void whereJnaUnpacksNothingEachCallSaysSo(@TempDir Path directory) throws Exception {
    Path noDirectory = Files.createFile(directory.resolve("file"));
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Djna.tmpdir=" + noDirectory,
            "-Djna.nosys=true",
            "-cp",
            System.getProperty("java.class.path"),
            TwoTries.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines()).hasSize(2);
    assertThat(said.lines().distinct())
        .singleElement()
        .asString()
        .matches(
            "JNA, which the NVIDIA driver is asked with, cannot be loaded \\(Failed to create.+\\); let FLAMINGO_OPTS=-Djna.tmpdir=DIR name a directory where .*");
  }

  static final class TwoTries {
    public static void main(String... none) {
      for (int i = 0; i < 2; i++) {
        try {
          NvidiaDriver.open();
        } catch (GpuException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
