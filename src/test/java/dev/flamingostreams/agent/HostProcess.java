package dev.flamingostreams.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An application in a JVM of its own, and what it prints. */
final class HostProcess implements AutoCloseable {
  private static final Path LOGGING =
      Path.of("src/test/resources/logging.properties").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path HOME = Path.of(System.getProperty("flamingo.home")).toAbsolutePath();

  private final Process process;
  private final List<String> lines = new ArrayList<>(); // guarded by this

  private HostProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "host-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** What {@code -javaagent:} is followed by. */
  static String agent(String options) {
    return "-javaagent:" + HOME.resolve("agent/flamingo-agent.jar") + "=" + options;
  }

  /** The Java that runs this. */
  static HostProcess start(List<String> arguments) {
    return start(Path.of(System.getProperty("java.home")), arguments);
  }

  /**
   * Starts a JVM.
   *
   * @param java its home
   * @param arguments all that follows {@code java}
   */
  static HostProcess start(Path java, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.util.logging.config.file=" + LOGGING); // what is wrong, and nothing else
    command.addAll(arguments);
    try {
      return new HostProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String classPath(List<Path> entries) {
    return String.join(File.pathSeparator, entries.stream().map(Path::toString).toList());
  }

  /** Waits for a line that has this in it, and returns it. */
  String await(String text) throws InterruptedException {
    return await(line -> line.contains(text), "'" + text + "'");
  }

  /** Its id. */
  long id() {
    return process.pid();
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** What the agent has said. */
  List<String> said() {
    return lines().stream().filter(line -> line.startsWith("flamingo: ")).toList();
  }

  /** Gives it a line on its standard input. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to end, and waits; its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy();
    return end();
  }

  /** Waits for it to end; its exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; it said\n" + text());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private synchronized String await(Predicate<String> wanted, String what)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (String line : lines) {
        if (wanted.test(line)) {
          return line;
        }
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("it did not say " + what + " but\n" + text());
      }
      wait(200);
    }
  }

  synchronized String text() {
    return String.join("\n", lines);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("its output ended: " + e);
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }
}
