package dev.flamingostreams.cli;

import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Models;
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

  /** The models that topologies name. */
  static Models models(EngineOptions options) {
    return new Models(path().resolve("models"), options);
  }

  /**
   * A model directory.
   *
   * @param given a directory, or the name of one that the distribution brings
   */
  static Path model(String given) {
    if (Files.isRegularFile(Path.of(given))) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "model " + given + " is a file; name the directory it is in");
    }
    return Files.isDirectory(Path.of(given)) ? Path.of(given) : named("model", "models", given);
  }

  /** A file or directory, or the name of a use case that the distribution brings. */
  static Path topology(String given) {
    Path path =
        Files.exists(Path.of(given)) ? Path.of(given) : named("topology", "topologies", given);
    return Files.isDirectory(path) ? path.resolve("topology.yaml") : path;
  }

  private static Path named(String what, String kind, String name) {
    Path all = path().resolve(kind);
    Path path = all.resolve(name);
    if (!Files.exists(path)) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "there is no %s %s, here or in %s".formatted(what, name, all));
    }
    return path;
  }
}
