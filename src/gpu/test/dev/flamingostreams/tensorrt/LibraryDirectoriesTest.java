package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.engine.GpuException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryDirectoriesTest {
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void theFirstDirectoryThatHasALibraryWins() throws IOException {
    Files.createFile(second.resolve("liba.so.1"));
    assertThat(directories().locate("liba.so.1")).contains(second.resolve("liba.so.1"));
    Files.createFile(first.resolve("liba.so.1"));
    assertThat(directories().locate("liba.so.1")).contains(first.resolve("liba.so.1"));
  }

  @Test
  void aMissingLibraryIsNamedWithTheFix() {
    assertThatThrownBy(() -> directories().load("liba.so.1"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "there is no liba.so.1 in %s, %s; build with -Pgpu, or let -Dflamingo.gpu.libraries list directories of TensorRT 8.6, CUDA 12 and cuDNN 8"
                .formatted(first, second));
  }

  @Test
  void aLibraryThatWasCutShortIsNotLoaded() throws IOException {
    byte[] whole = Files.readAllBytes(LibraryDirectories.configured().find("libcudart.so.12"));
    Path cut = Files.write(first.resolve("liba.so.1"), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> directories().load("liba.so.1"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "%s is damaged (it has %,d bytes of %,d); unpack the distribution again, or build it again with -Pgpu"
                .formatted(cut, whole.length / 2, whole.length));
  }

  @Test
  void anotherFileIsNotLoaded() throws IOException {
    Path other = Files.writeString(first.resolve("liba.so.1"), "no library");
    assertThatThrownBy(() -> directories().loadForAll("liba.so.1"))
        .isInstanceOf(GpuException.class)
        .hasMessageStartingWith(other + " is damaged (it is no library of linux-x86_64); ");
  }

  private LibraryDirectories directories() {
    return new LibraryDirectories(List.of(first, second));
  }
}
