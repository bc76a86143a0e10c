package dev.flamingostreams.engine;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The native libraries that ONNX Runtime unpacks into a temporary directory, 20 MB. It deletes them
 * when the JVM ends in good order, but the directory before what is in it, so that every process
 * leaves one.
 */
final class UnpackedLibraries {

  private UnpackedLibraries() {}

  /** Deletes what is loaded, where the system lets files in use be deleted. */
  static void delete() {
    try {
      Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
      field.setAccessible(true);
      if (field.get(null) instanceof Path directory && Files.isDirectory(directory)) {
        empty(directory);
      }
    } catch (ReflectiveOperationException | RuntimeException | IOException e) {
      // Then ONNX Runtime does as much of it as it can when the JVM ends.
    }
  }

  /** The directory itself is left to ONNX Runtime, which may unpack more into it. */
  private static void empty(Path directory) throws IOException {
    List<Path> unpacked;
    try (Stream<Path> files = Files.list(directory)) {
      unpacked = files.toList();
    }
    for (Path file : unpacked) {
      Files.delete(file);
    }
  }
}
