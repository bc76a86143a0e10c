package dev.flamingostreams.engine;

import static dev.flamingostreams.engine.StubLibrary.Function.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuDirectoriesTest {
  private static final String FILE = "liba.so.1";

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void theFirstDirectoryThatHasALibraryWins() throws IOException {
    Files.createFile(second.resolve(FILE));
    assertThat(directories().locate(FILE)).contains(second.resolve(FILE));
    Files.createFile(first.resolve(FILE));
    assertThat(directories().locate(FILE)).contains(first.resolve(FILE));
  }

  @Test
  void ofALibraryWithAnyNumberTheLargestOfTheFirstDirectoryIsTaken() throws IOException {
    assertThat(directories().locate("liba.so.1.*")).isEmpty();
    Files.createFile(second.resolve("liba.so.1.99"));
    assertThat(directories().locate("liba.so.1.*")).contains(second.resolve("liba.so.1.99"));
    for (String name : List.of("liba.so.1.9", "liba.so.1.10", "liba.so.1.9.88", "liba.so.12")) {
      Files.createFile(first.resolve(name));
    }
    assertThat(directories().locate("liba.so.1.*")).contains(first.resolve("liba.so.1.10"));
  }

  @Test
  void aDirectoryThatIsNotThereHasNoLibrary() {
    Path none = first.resolve("none");
    assertThat(new GpuDirectories(List.of(none), "gpu").locate("liba.so.1.*")).isEmpty();
  }

  @Test
  void aMissingLibraryIsNamedWithTheFix() {
    assertThatThrownBy(() -> directories().find(FILE))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "there is no liba.so.1 in %s, %s; build with -Pgpu, or let FLAMINGO_GPU_LIBRARIES (-Dflamingo.gpu.libraries) list directories that have it"
                .formatted(first, second));
  }

  @Test
  void aListWithoutADirectoryIsToldAsThat() {
    assertThatThrownBy(() -> new GpuDirectories(List.of(), "gpu").find(FILE))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "FLAMINGO_GPU_LIBRARIES (-Dflamingo.gpu.libraries) names no directory; let it list those that have liba.so.1, or unset it");
  }

  @Test
  void anotherLibraryByTheSameNameIsToldByWhatItLacks() throws IOException {
    Path other = StubLibrary.write(first.resolve("libcudart.so.12"), returns("zlibVersion", 0));
    assertThatThrownBy(() -> directories().find("libcudart.so.12"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "%s is another library (it has no function cudaGetDeviceProperties_v2); build with -Pgpu, or let FLAMINGO_GPU_LIBRARIES (-Dflamingo.gpu.libraries) list directories that have it"
                .formatted(other));
    StubLibrary.write(other, returns("cudaGetDeviceProperties_v2", 0));
    assertThat(directories().find("libcudart.so.12")).isEqualTo(other);
  }

  @Test
  void aLibraryWhoseFunctionsAreNotListedIsTaken() throws IOException {
    Path stripped = Files.write(first.resolve("libcudart.so.12"), library(200));
    assertThat(directories().find("libcudart.so.12")).isEqualTo(stripped);
  }

  @Test
  void aWholeLibraryIsLoaded() throws IOException {
    Path whole = Files.write(first.resolve(FILE), library(200));
    List<String> loaded = new ArrayList<>();
    directories().load(FILE, loaded::add);
    assertThat(loaded).containsExactly(whole.toString());
  }

  @Test
  void aLibraryThatWasCutShortIsNotLoaded() throws IOException {
    Path cut = Files.write(first.resolve(FILE), library(199));
    assertThatThrownBy(() -> directories().load(FILE, path -> {}))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "%s is damaged (it has 199 bytes of 200); unpack the distribution again, or build it again with -Pgpu"
                .formatted(cut));
  }

  @Test
  void anotherFileIsNotLoaded() throws IOException {
    Path other = Files.writeString(first.resolve(FILE), "no library");
    assertThatThrownBy(() -> directories().load(FILE, path -> {}))
        .isInstanceOf(GpuException.class)
        .hasMessageStartingWith(other + " is damaged (it is no library of linux-x86_64); ");
  }

  @Test
  void theLinkersReasonIsToldOnce() throws IOException {
    Path whole = Files.write(first.resolve(FILE), library(200));
    assertThatThrownBy(
            () ->
                directories()
                    .load(
                        FILE,
                        path -> {
                          throw new UnsatisfiedLinkError(path + ": " + path + ": no libz.so.1");
                        }))
        .isInstanceOf(GpuException.class)
        .hasMessage(whole + " cannot be loaded: no libz.so.1");
  }

  /** ELF for x86-64 with one segment, that ends at 200 bytes. */
  private static byte[] library(int bytes) {
    ByteBuffer file = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(18, (short) 62).putLong(32, 64).putShort(56, (short) 1);
    file.putInt(64, 1).putLong(64 + 8, 120).putLong(64 + 32, 80);
    return Arrays.copyOf(file.array(), bytes);
  }

  private GpuDirectories directories() {
    return new GpuDirectories(List.of(first, second), "gpu");
  }
}
