package dev.flamingostreams.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of {@code src/test/consumer}, built by the Maven that builds us, offline. Its local
 * repository is the user's own, through links, but for our group: that holds what was built here.
 */
final class ConsumerProject implements AutoCloseable {
  private static final Path SOURCE = Path.of("src/test/consumer");
  private static final Path JAR = Path.of(System.getProperty("library.jar"));
  private static final Path POM = Path.of("pom.xml");

  private final Path outer;
  private final Path directory;
  private final Path repository;
  private final Path log;
  private final String version;

  private ConsumerProject(Path directory) throws IOException {
    this.outer = directory;
    this.directory = Files.createDirectory(directory.resolve("consumer"));
    this.repository = Files.createDirectory(directory.resolve("repository"));
    this.log = directory.resolve("log");
    this.version = match("<artifactId>flamingo-streams</artifactId>\\s*<version>([^<]+)<");
  }

  static ConsumerProject lay(Path directory) throws IOException {
    ConsumerProject project = new ConsumerProject(directory);
    project.copy();
    project.link(Path.of(System.getProperty("localRepository")), project.repository, "dev");
    project.install();
    return project;
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = directory.resolve(SOURCE.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  /** Everything but one name. */
  private void link(Path from, Path to, String but) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(one -> !one.endsWith(but)).toList()) {
        Files.createSymbolicLink(to.resolve(file.getFileName()), file.toAbsolutePath());
      }
    }
    Path dev = from.resolve("dev");
    if (but.equals("dev") && Files.isDirectory(dev)) {
      link(dev, Files.createDirectory(to.resolve("dev")), "flamingostreams");
    }
  }

  private void install() throws IOException {
    Path to =
        Files.createDirectories(
            repository.resolve("dev/flamingostreams/flamingo-streams").resolve(version));
    Files.copy(JAR, to.resolve("flamingo-streams-%s.jar".formatted(version)));
    Files.copy(POM, to.resolve("flamingo-streams-%s.pom".formatted(version)));
  }

  /** Such as {@code org.apache.kafka:kafka-streams:jar:4.3.1:compile}, also those of others. */
  List<String> dependencies() throws Exception {
    Path tree = directory.resolve("tree");
    maven(plugin("dependency") + ":tree", "-DoutputFile=" + tree, "-Dtokens=whitespace");
    return Files.readAllLines(tree).stream().map(String::strip).toList();
  }

  void compile() throws Exception {
    maven(
        plugin("compiler") + ":compile",
        plugin("dependency") + ":build-classpath",
        "-Dmdep.outputFile=" + directory.resolve("classpath"));
  }

  /** Runs until its standard input is closed. */
  Process run(String bootstrapServers) throws IOException {
    String classPath =
        directory.resolve("target/classes")
            + System.getProperty("path.separator")
            + Files.readString(directory.resolve("classpath")).strip();
    return start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            classPath,
            "consumer.Application",
            bootstrapServers,
            Path.of("src/main/models").toAbsolutePath().toString(),
            outer.toString()));
  }

  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Whoever clears the directory up must not come upon the user's repository. */
  @Override
  public void close() throws IOException {
    for (Path level : List.of(repository, repository.resolve("dev"))) {
      try (Stream<Path> files = Files.list(level)) {
        for (Path link : files.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private void maven(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin/mvn").toString());
    command.addAll(
        List.of(
            "-o",
            "-B",
            "-q",
            "-Dmaven.repo.local=" + repository,
            "-Dflamingo.version=" + version,
            "-Dkafka.version=" + match("<kafka.version>([^<]+)<")));
    Collections.addAll(command, arguments);
    Process maven = start(command);
    maven.getOutputStream().close();
    assertThat(maven.waitFor()).as(log()).isZero();
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** In the version that built us, so that it is there. */
  private static String plugin(String name) throws IOException {
    String artifact = "maven-%s-plugin".formatted(name);
    String version = match("<artifactId>%s</artifactId>\\s*<version>([^<]+)<".formatted(artifact));
    return "org.apache.maven.plugins:%s:%s".formatted(artifact, version);
  }

  private static String match(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(Files.readString(POM, UTF_8));
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }
}
