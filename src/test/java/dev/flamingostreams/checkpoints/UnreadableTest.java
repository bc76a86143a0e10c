package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableTest {
  private static final Path FILE = Path.of("a.bin");

  @TempDir Path directory;

  @Test
  void theReasonIsGivenWithoutTheNamesOfClasses() {
    assertThat(Unreadable.of(FILE, new NoSuchFileException("a.bin")))
        .hasMessage("a.bin does not exist");
    assertThat(Unreadable.of(FILE, new AccessDeniedException("a.bin")))
        .hasMessage("a.bin may not be read by this user");
    assertThat(Unreadable.of(FILE, new FileSystemException("a.bin", null, "Is a directory")))
        .hasMessage("cannot read a.bin: Is a directory");
    assertThat(Unreadable.of(FILE, new IOException("Input/output error")))
        .hasMessage("cannot read a.bin: Input/output error");
  }

  @Test
  void aPathThroughAFileIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("a")).resolve("config.json");
    assertThatThrownBy(() -> JsonFile.read(file, 1))
        .isInstanceOf(ModelException.class)
        .hasMessage("cannot read %s: Not a directory".formatted(file));
  }
}
