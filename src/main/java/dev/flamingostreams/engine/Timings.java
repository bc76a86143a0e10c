package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What is known of how fast kernels are on a GPU, in a file that all compilations for it share.
 * They are faster with it and do without it: what is wrong with the file is noted, and no more.
 */
public final class Timings {
  private final Path file;
  private final Consumer<String> notes;

  /**
   * @param file in a directory that is there when it is kept
   * @param notes is told what goes wrong, a line each
   */
  public Timings(Path file, Consumer<String> notes) {
    this.file = file;
    this.notes = notes;
  }

  /** Where they are kept. */
  public Path file() {
    return file;
  }

  /** Tells what goes wrong with them. */
  void note(String line) {
    notes.accept(line);
  }

  /** As it was kept last, empty if it never was; it may be damaged. */
  public byte[] known() {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      notes.accept("kernels are timed anew, %s cannot be read: %s".formatted(file, e));
      return new byte[0];
    }
  }

  /** Keeps it in place of what was known: of processes that do so at once, one's is kept whole. */
  public void keep(byte[] timings) {
    try {
      Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Path own = Files.createTempFile(directory, "timings", null);
      try {
        WholeFile.write(own, timings);
        WholeFile.move(own, file);
      } finally {
        Files.deleteIfExists(own);
      }
    } catch (IOException e) {
      notes.accept("kernels will be timed anew, %s cannot be kept: %s".formatted(file, e));
    }
  }
}
