package dev.flamingostreams.bench.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM with one of our applications, with or without the agent. */
final class Jvm implements AutoCloseable {
  /** What an application of Kafka Streams has on its class path. */
  private static final List<String> LIBRARIES =
      List.of(
          "flamingo-streams-",
          "kafka-streams-",
          "kafka-clients-",
          "rocksdbjni-",
          "slf4j-api-",
          "lz4-java-",
          "snappy-java-",
          "zstd-jni-",
          "jackson-",
          "picocli-",
          "jspecify-");

  private final Process process;
  private final BufferedReader output;

  private Jvm(Process process) {
    this.process = process;
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /**
   * Starts one.
   *
   * @param home of the distribution
   * @param application its main class
   * @param agent its jar and options, as after {@code -javaagent:}; empty for none
   */
  static Jvm start(Path home, String application, String agent, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!agent.isEmpty()) {
      command.add("-javaagent:" + agent);
    }
    command.addAll(List.of("-cp", classPath(home), application));
    command.addAll(arguments);
    try {
      return new Jvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /**
   * Waits for a line.
   *
   * @throws IllegalStateException with what it said instead, if it ends before
   */
  void await(String line) {
    StringBuilder said = new StringBuilder();
    try {
      for (String next = output.readLine(); next != null; next = output.readLine()) {
        if (next.equals(line)) {
          return;
        }
        said.append(next).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the application ended:\n" + said);
  }

  /** Fails when it has ended, with what it said since. */
  CompletableFuture<Void> life() {
    return process
        .onExit()
        .thenAccept(
            ended -> {
              throw new IllegalStateException(
                  "the application ended:\n" + String.join("\n", output.lines().toList()));
            });
  }

  /**
   * Waits until it ends by itself.
   *
   * @throws IllegalStateException with what it said, if it failed
   */
  void awaitEnd() {
    String said = String.join("\n", output.lines().toList());
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the application failed:\n" + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Has it end, by the end of its input. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      output.lines().forEach(line -> {});
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String classPath(Path home) {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      return String.join(
          File.pathSeparator,
          jars.filter(jar -> LIBRARIES.stream().anyMatch(jar.getFileName().toString()::startsWith))
              .map(Path::toString)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home.resolve("lib"), e);
    }
  }
}
