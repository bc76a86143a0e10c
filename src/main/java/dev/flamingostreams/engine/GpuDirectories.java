package dev.flamingostreams.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where native libraries for GPUs are looked for. What is wrong with one is a {@link GpuException}.
 *
 * @param paths absolute, the first that has a library wins
 * @param profile of Maven that builds a distribution with the libraries
 */
public record GpuDirectories(List<Path> paths, String profile) {
  private static final String PROPERTY = "flamingo.gpu.libraries";

  /** What the starter passes as the property, for people. */
  private static final String SETTING = "FLAMINGO_GPU_LIBRARIES (-D" + PROPERTY + ")";

  private static final String ANY_NUMBER = "*";

  /**
   * Those that the system property {@value #PROPERTY} lists, separated as in a path, or {@code
   * lib/gpu} of the distribution.
   */
  public static GpuDirectories of(String profile) {
    String given = System.getProperty(PROPERTY, "");
    Path home = Path.of(System.getProperty("flamingo.home", "."));
    Stream<Path> paths =
        given.isEmpty()
            ? Stream.of(home.resolve("lib").resolve("gpu"))
            : Stream.of(given.split(File.pathSeparator, -1))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    return new GpuDirectories(paths.map(Path::toAbsolutePath).toList(), profile);
  }

  /**
   * Where a library lies, if it does.
   *
   * @param file its name; a {@code *} at its end is any number, the largest that is there
   */
  public Optional<Path> locate(String file) {
    return paths.stream().flatMap(directory -> in(directory, file).stream()).findFirst();
  }

  private static Optional<Path> in(Path directory, String file) {
    if (!file.endsWith(ANY_NUMBER)) {
      return Optional.of(directory.resolve(file)).filter(Files::isRegularFile);
    }
    int stem = file.length() - ANY_NUMBER.length();
    Pattern name = Pattern.compile(Pattern.quote(file.substring(0, stem)) + "[0-9]{1,9}");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name.asMatchPredicate())
          .max(Comparator.comparingInt(found -> Integer.parseInt(found.substring(stem))))
          .map(directory::resolve)
          .filter(Files::isRegularFile);
    } catch (IOException e) {
      return Optional.empty(); // nothing lies in what is no directory
    }
  }

  /** A library that is there, is what its name says, and was not cut short. */
  public Path find(String file) {
    Path path = locate(file).orElseThrow(() -> missing(file));
    try {
      check(path, file);
    } catch (IOException e) {
      throw new GpuException("%s cannot be read: %s".formatted(path, e), e);
    }
    return path;
  }

  private GpuException missing(String file) {
    return paths.isEmpty()
        ? new GpuException(
            "%s names no directory; let it list those that have %s, or unset it"
                .formatted(SETTING, file))
        : new GpuException("there is no %s in %s; %s".formatted(file, this, fix()));
  }

  private void check(Path path, String file) throws IOException {
    Optional<String> fault = SharedObject.fault(path);
    if (fault.isPresent()) {
      throw new GpuException(
          "%s is damaged (%s); unpack the distribution again, or build it again with -P%s"
              .formatted(path, fault.get(), profile));
    }
    Optional<String> function = KnownFunctions.of(file);
    if (function.isPresent() && !SharedObject.offers(path, function.get())) {
      throw new GpuException(
          "%s is another library (it has no function %s); %s"
              .formatted(path, function.get(), fix()));
    }
  }

  private String fix() {
    return "build with -P%s, or let %s list directories that have it".formatted(profile, SETTING);
  }

  /** Loads a library after those that it is linked to. */
  public void load(String file) {
    load(file, System::load);
  }

  /**
   * Loads a library.
   *
   * @param loader of a path
   */
  public void load(String file, Consumer<String> loader) {
    Path path = find(file);
    try {
      loader.accept(path.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new GpuException("%s cannot be loaded: %s".formatted(path, cause(e, path)), e);
    }
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
