package dev.flamingostreams.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the distribution lies, and what is found in it by name. */
final class Home {
  /** The model that the project brings. */
  static final String DEFAULT_MODEL = "default";

  private Home() {}

  static Path path() {
    return Path.of(System.getProperty("flamingo.home", "target/flamingo-streams"));
  }

  /**
   * A model directory.
   *
   * @param given a directory, or the name of one that the distribution brings
   */
  static Path model(String given) {
    return Files.isDirectory(Path.of(given)) ? Path.of(given) : named("models", given);
  }

  /** A file or directory, or the name of a use case that the distribution brings. */
  static Path topology(String given) {
    Path path = Files.exists(Path.of(given)) ? Path.of(given) : named("topologies", given);
    return Files.isDirectory(path) ? path.resolve("topology.yaml") : path;
  }

  private static Path named(String kind, String name) {
    Path path = path().resolve(kind).resolve(name);
    if (!Files.exists(path)) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "there is no " + name + ", here or in " + path.getParent());
    }
    return path;
  }
}
