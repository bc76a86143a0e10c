package dev.flamingostreams.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A main class of the tests in a JVM of its own. All that it writes is kept in a file. It ends with
 * the JVM of the test, however that ends: {@link Leash} holds it.
 */
final class Forked implements AutoCloseable {
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long LOOK_MILLIS = 50;

  private final Path output;
  private final Process process;

  private Forked(Path output, Process process) {
    this.output = output;
    this.process = process;
  }

  static Forked start(Path output, Class<?> main, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(logging("logging.properties"));
    command.addAll(options);
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    File file = output.toFile();
    try {
      Files.createDirectories(output.getParent());
      return new Forked(
          output,
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An option that has a JVM log as a resource of the tests says. */
  static String logging(String resource) {
    return "-Djava.util.logging.config.file="
        + Path.of("src/test/resources", resource).toAbsolutePath();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Path file() {
    return output;
  }

  /** All that was written so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rest of the last line that begins so, once there is one. */
  String awaitLine(String beginning) {
    await("it wrote '%s'".formatted(beginning), () -> !line(beginning).isEmpty());
    return line(beginning).substring(beginning.length()).strip();
  }

  /** Waits for what this process is to do; fails if it ends before. */
  void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!condition.getAsBoolean()) {
      if (runFor(LOOK_MILLIS) && !condition.getAsBoolean()) {
        throw new AssertionError(
            "the process of %s ended with %d before %s"
                .formatted(output.getFileName(), process.exitValue(), what));
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%d s went by before %s of %s"
                .formatted(PATIENCE_MILLIS / 1_000, what, output.getFileName()));
      }
    }
  }

  /** Lets it run for so long; whether it has ended by itself. */
  boolean runFor(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until it has ended, by itself or told to; returns its exit code. */
  int awaitEnd() {
    if (!runFor(PATIENCE_MILLIS)) {
      throw new AssertionError("the process of %s does not end".formatted(output.getFileName()));
    }
    return process.exitValue();
  }

  /** Ends it in good order. */
  int stop() {
    say(Leash.STOP);
    return awaitEnd();
  }

  /** Asks it, and returns the rest of the line that begins so. */
  String ask(String beginning) {
    long before = count(beginning);
    say(Leash.ASK);
    await("it answered", () -> count(beginning) > before);
    return awaitLine(beginning);
  }

  /** How many lines begin so. */
  long count(String beginning) {
    return output().lines().filter(line -> line.startsWith(beginning)).count();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private void say(char what) {
    try {
      process.getOutputStream().write(what);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(String beginning) {
    return output()
        .lines()
        .filter(line -> line.startsWith(beginning))
        .reduce("", (first, second) -> second);
  }
}
