package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.engine.CompilerMessages.Order;
import dev.flamingostreams.engine.CompilerMessages.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles in a process of its own, {@link CompilerMain}: TensorRT's builder takes 3 GB that it
 * does not give back, may end its process once DJL's engine has loaded something there, and is not
 * to take an application down that our agent is in.
 */
public final class CompilerProcess implements GraphCompiler.Build {
  private static final Logger LOG = LoggerFactory.getLogger("dev.flamingostreams.tensorrt");
  private static final int KILLED = 128 + 9;
  private static final long PATIENCE_SECONDS = 10;

  private final Class<? extends GraphCompiler.Builder> builder;
  private final Supplier<List<Path>> libraries;
  private @Nullable Started started;

  /**
   * @param builder does the work there; it has a constructor without parameters
   * @param libraries directories of native libraries that it finds by their names
   */
  public CompilerProcess(
      Class<? extends GraphCompiler.Builder> builder, Supplier<List<Path>> libraries) {
    this.builder = builder;
    this.libraries = libraries;
  }

  /** Refuses where the process would not find what it needs. */
  public void check() {
    command();
  }

  private CompilerCommand command() {
    return CompilerCommand.of(builder, libraries.get());
  }

  /** The process is started for the first graph that is not on disk. */
  @Override
  public long compile(GraphCompiler.Order order, Path engine) throws IOException {
    Started process = started;
    if (process == null) {
      process = start(Objects.requireNonNull(engine.toAbsolutePath().getParent()));
      started = process;
    }
    process.send(Order.of(order, engine));
    Optional<Reply> reply = process.reply(order.timings());
    if (reply.isEmpty()) {
      started = null;
      throw new GpuException(
          "the process that compiles %s %s".formatted(order.graph(), process.end()));
    }
    return deviceBytes(order.graph(), reply.get());
  }

  private Started start(Path crashes) {
    try {
      return new Started(command().process(crashes).start(), crashes);
    } catch (IOException e) {
      throw new GpuException(
          "no process can be started to compile graphs in (%s); compile them ahead with flamingo model compile"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static long deviceBytes(Graph graph, Reply reply) throws IOException {
    return switch (reply.kind()) {
      case COMPILED -> reply.deviceBytes();
      case MEMORY -> throw new OutOfGpuMemoryException(graph, reply.text());
      case GPU -> throw new GpuException(reply.text());
      case FILE -> throw new IOException(reply.text());
      case FAILED, NOTE ->
          throw new GpuException("%s cannot be compiled: %s".formatted(graph, reply.text()));
    };
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
      started = null;
    }
  }

  private static final class Started {
    private final Process process;
    private final Path crashes;
    private final OutputStream orders;
    private final BufferedReader replies;
    private String said = "";

    Started(Process process, Path crashes) {
      this.process = process;
      this.crashes = crashes;
      this.orders = process.getOutputStream();
      this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** One that has ended shows when its reply is read. */
    void send(Order order) throws IOException {
      byte[] line = order.line().getBytes(UTF_8);
      try {
        orders.write(line);
        orders.flush();
      } catch (IOException e) {
        LOG.info("an order has not arrived: {}", e.getMessage());
      }
    }

    /** Empty if it has ended instead. */
    Optional<Reply> reply(Timings timings) throws IOException {
      for (String line = replies.readLine(); line != null; line = replies.readLine()) {
        Optional<Reply> reply = Reply.read(line);
        if (reply.isEmpty()) {
          LOG.info(line);
          said = line.isBlank() || line.startsWith("\tat ") ? said : line;
        } else if (reply.get().kind() == CompilerMessages.Kind.NOTE) {
          timings.note(reply.get().text());
        } else {
          return reply;
        }
      }
      return Optional.empty();
    }

    /** How it has ended, for people. */
    String end() {
      int code = close();
      if (code == KILLED) {
        return "was killed; beside this one's memory it needs 4 GB";
      }
      Path crash = CompilerCommand.crashReport(crashes, Long.toString(process.pid()));
      return "ended with %d; %s"
          .formatted(
              code,
              Files.exists(crash) ? crash + " tells of the crash" : "its last words: " + said);
    }

    /** It ends with its input. */
    int close() {
      try {
        orders.close();
      } catch (IOException e) {
        // It has ended already.
      }
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
        return KILLED;
      }
    }
  }
}
