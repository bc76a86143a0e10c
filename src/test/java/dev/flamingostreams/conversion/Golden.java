package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A tiny model in the layout of its own project. */
record Golden(Path directory) {
  private static final Path ALL = Path.of("src/test/resources/goldens");

  static Golden of(String name) {
    return new Golden(ALL.resolve(name));
  }

  /** A copy that may be spoilt. */
  Golden copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(directory.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return new Golden(to);
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  private Path flamingoPath() {
    Path released = path("checkpoint.pt");
    return Files.exists(released) ? released : path("flamingo");
  }

  Import importer() {
    return Import.of(path("vision"), path("language"), flamingoPath());
  }

  Checkpoint flamingo() {
    return Checkpoints.open(flamingoPath());
  }

  Checkpoint language() {
    return Checkpoints.open(path("language"));
  }
}
