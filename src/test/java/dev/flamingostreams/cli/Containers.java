package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The engine that runs containers, if one is there, and what is run in it. */
final class Containers {
  static final String KAFKA = "apache/kafka:4.3.1";

  private static final Path HOME = Path.of(System.getProperty("flamingo.home", ""));

  /** As .dockerignore has it. */
  private static final List<String> LEFT_OUT = List.of("lib/broker", "lib/training", "lib/gpu");

  private Containers() {}

  /** Skips the test where no engine answers, or fails it if the build says that one must. */
  static void require() {
    boolean there = DockerClientFactory.instance().isDockerAvailable();
    if ("required".equals(System.getProperty("flamingo.containers"))) {
      assertThat(there).as("a container engine answers").isTrue();
    }
    Assumptions.assumeTrue(
        there, "no container engine answers at the default socket nor at $DOCKER_HOST; start one");
  }

  /** The project's own, built from the distribution; layers of earlier builds are taken again. */
  static String image() throws IOException {
    ImageFromDockerfile image =
        new ImageFromDockerfile("flamingo-streams:test", false)
            .withFileFromPath("Dockerfile", Path.of("docker/Dockerfile"));
    for (String script : List.of("healthy", "list", "unpack")) {
      image.withFileFromPath("docker/" + script, Path.of("docker", script));
    }
    for (Path file : distribution()) {
      image.withFileFromPath("target/flamingo-streams/" + HOME.relativize(file), file);
    }
    return image.get();
  }

  private static List<Path> distribution() throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> LEFT_OUT.stream().noneMatch(part -> file.startsWith(HOME.resolve(part))))
          .sorted()
          .toList();
    }
  }
}
