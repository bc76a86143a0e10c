package dev.flamingostreams.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The distribution that the agent's jar lies in, {@code agent/} beside {@code lib/}. */
final class Distribution {
  private static final String OURS = "flamingo-streams-";

  private Distribution() {}

  static Path home() {
    try {
      Path jar = Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path home = jar.toRealPath().resolveSibling("..").normalize();
      if (!Files.isDirectory(home.resolve("lib"))) {
        throw new Refusal(
            "there is no %s; leave %s where the distribution has it"
                .formatted(home.resolve("lib"), jar.getFileName()),
            null);
      }
      return home;
    } catch (IOException | URISyntaxException e) {
      throw new Refusal("the agent's jar cannot be found: " + e, e);
    }
  }

  /** All jars of {@code lib/}. */
  static URL[] libraries(Path home) {
    return jars(home, name -> true);
  }

  /** Our own jar. */
  static URL[] ours(Path home) {
    return jars(home, name -> name.startsWith(OURS));
  }

  private static URL[] jars(Path home, Predicate<String> wanted) {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      List<Path> jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(file -> wanted.test(file.getFileName().toString()))
              .sorted()
              .toList();
      return jars.stream().map(Distribution::url).toArray(URL[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file.toString(), e);
    }
  }
}
