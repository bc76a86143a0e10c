package dev.flamingostreams.tensorrt;

import dev.flamingostreams.engine.GpuException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * Where native libraries are looked for.
 *
 * @param paths absolute, the first that has a library wins
 */
record LibraryDirectories(List<Path> paths) {
  /** Directories instead of {@code lib/gpu} of the distribution, separated as in a path. */
  static final String PROPERTY = "flamingo.gpu.libraries";

  static LibraryDirectories configured() {
    String given = System.getProperty(PROPERTY, "");
    Path home = Path.of(System.getProperty("flamingo.home", "."));
    Stream<Path> paths =
        given.isEmpty()
            ? Stream.of(home.resolve("lib").resolve("gpu"))
            : Stream.of(given.split(File.pathSeparator, -1))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    return new LibraryDirectories(paths.map(Path::toAbsolutePath).toList());
  }

  Optional<Path> locate(String file) {
    return paths.stream()
        .map(directory -> directory.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** A {@link GpuException} says that there is none. */
  Path find(String file) {
    return locate(file)
        .orElseThrow(
            () ->
                new GpuException(
                    "there is no %s in %s; build with -Pgpu, or let -D%s list directories of TensorRT 8.6, CUDA 12 and cuDNN 8"
                        .formatted(file, this, PROPERTY)));
  }

  /** A {@link GpuException} says why it cannot be. */
  void load(String file) {
    load(file, System::load);
  }

  /** So that libraries which are not linked to it find its functions. */
  void loadForAll(String file) {
    load(file, Loader::loadGlobal);
  }

  private void load(String file, Consumer<String> loader) {
    Path path = whole(file);
    try {
      loader.accept(path.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new GpuException("%s cannot be loaded: %s".formatted(path, cause(e, path)), e);
    }
  }

  /** A {@link GpuException} says that it is missing or damaged. */
  Path whole(String file) {
    Path path = find(file);
    try {
      SharedObject.fault(path)
          .ifPresent(
              fault -> {
                throw new GpuException(
                    "%s is damaged (%s); unpack the distribution again, or build it again with -Pgpu"
                        .formatted(path, fault));
              });
    } catch (IOException e) {
      throw new GpuException("%s cannot be read: %s".formatted(path, e), e);
    }
    return path;
  }

  /** The linker's words, without the file that the line names already. */
  private static String cause(UnsatisfiedLinkError e, Path path) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.replace(path + ": ", "");
  }

  @Override
  public String toString() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
