package dev.flamingostreams.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path directory;

  @Test
  void oneRunHasTheDirectoryForItself() throws IOException {
    try (RunDirectory first = RunDirectory.open(directory)) {
      assertThat(first.path()).isEqualTo(directory);
      assertThatThrownBy(() -> RunDirectory.open(directory))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("another run is training in " + directory);
    }
    RunDirectory.open(directory).close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> RunDirectory.open(file))
        .isInstanceOf(TrainingException.class)
        .hasMessage(file + " is a file; name a directory");
    assertThatThrownBy(() -> RunDirectory.open(file.resolve("below")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot be made")
        .hasMessageContaining("name another");
  }

  @Test
  void aDiskTooSmallIsToldBeforeAnythingIsDone() {
    Room.check(directory, 5 << 20, 5 << 20);
    assertThatThrownBy(() -> Room.check(directory, 120 << 20, 7 << 20))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("want 121 MB, the disk has 7 MB free; make room");
  }
}
