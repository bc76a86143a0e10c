package dev.flamingostreams.engine;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.flamingostreams.engine.CompilerMessages.Kind;
import dev.flamingostreams.engine.CompilerMessages.Order;
import dev.flamingostreams.engine.CompilerMessages.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that {@link CompilerProcess} starts: it takes orders from standard input and replies
 * to standard output. It ends with its input, whatever it is doing, and so with whoever started it.
 */
public final class CompilerMain {
  private final GraphCompiler.Builder builder;
  private final PrintStream replies;

  private CompilerMain(GraphCompiler.Builder builder, PrintStream replies) {
    this.builder = builder;
    this.replies = replies;
  }

  /**
   * Does not return.
   *
   * @param builder the name of a {@link GraphCompiler.Builder}'s class
   */
  public static void main(String... builder) throws ReflectiveOperationException {
    PrintStream replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(System.in, orders), "orders");
    reader.setDaemon(true);
    reader.start();
    Object compiles = Class.forName(builder[0]).getDeclaredConstructor().newInstance();
    CompilerMain main = new CompilerMain((GraphCompiler.Builder) compiles, replies);
    while (true) {
      main.say(main.reply(take(orders)));
    }
  }

  private static void read(InputStream input, BlockingQueue<Order> orders) {
    try (MappingIterator<Order> read = Order.read(input)) {
      while (read.hasNextValue()) {
        orders.add(read.nextValue());
      }
    } catch (IOException e) {
      System.err.println("an order cannot be read: " + e);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private static Order take(BlockingQueue<Order> orders) {
    try {
      return orders.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts it", e);
    }
  }

  private Reply reply(Order order) {
    try {
      Timings timings =
          new Timings(Path.of(order.timings()), note -> say(Reply.of(Kind.NOTE, note)));
      GraphCompiler.Order given =
          new GraphCompiler.Order(
              order.graph(), Path.of(order.weights()), order.gpu(), timings, order.half());
      return new Reply(Kind.COMPILED, "", builder.compile(given, Path.of(order.engine())));
    } catch (OutOfGpuMemoryException e) {
      return Reply.of(Kind.MEMORY, String.valueOf(e.getMessage()));
    } catch (GpuException e) {
      return Reply.of(Kind.GPU, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Reply.of(Kind.FILE, e.toString());
    } catch (RuntimeException | Error e) { // a library that is missing, memory that is full
      e.printStackTrace();
      return Reply.of(Kind.FAILED, e.toString());
    }
  }

  private void say(Reply reply) {
    try {
      replies.println(reply.line());
    } catch (IOException e) {
      throw new IllegalStateException("a reply that cannot be written", e);
    }
  }
}
