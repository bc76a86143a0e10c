package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingsTest {
  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void theLastThatWereKeptAreKnown() throws IOException {
    Path file = folder.resolve("timings.bin");
    assertThat(timings(file).known()).isEmpty();
    timings(file).keep(new byte[] {1, 2, 3});
    timings(file).keep(new byte[] {4, 5});
    assertThat(timings(file).known()).containsExactly(4, 5);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsNotedAndNothingIsKnown() throws IOException {
    Path file = Files.createDirectory(folder.resolve("timings.bin"));
    assertThat(timings(file).known()).isEmpty();
    assertThat(notes).singleElement().asString().contains(file + " cannot be read: ");
  }

  @Test
  void whatCannotBeKeptIsNotedAndNoMore() {
    Path file = folder.resolve("none").resolve("timings.bin");
    timings(file).keep(new byte[] {1});
    assertThat(notes).singleElement().asString().contains(file + " cannot be kept: ");
  }

  private Timings timings(Path file) {
    return new Timings(file, notes::add);
  }
}
