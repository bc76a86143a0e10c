package dev.flamingostreams.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** What a program and the process that compiles for it say to each other, a line of JSON each. */
final class CompilerMessages {
  /** Native libraries may print to standard output as well. */
  private static final String MARK = "flamingo compiler: ";

  /** A graph is one string there, some MB long. */
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private CompilerMessages() {}

  /** {@link GraphCompiler.Order}, and the file that the engine is to be written to. */
  record Order(
      Graph graph,
      String weights,
      GraphCompiler.Gpu gpu,
      String timings,
      boolean half,
      String engine) {

    static Order of(GraphCompiler.Order order, Path engine) {
      return new Order(
          order.graph(),
          order.weights().toString(),
          order.gpu(),
          order.timings().file().toString(),
          order.half(),
          engine.toString());
    }

    String line() throws IOException {
      return JSON.writeValueAsString(this) + "\n";
    }

    static MappingIterator<Order> read(InputStream orders) throws IOException {
      return JSON.readerFor(Order.class).readValues(orders);
    }
  }

  /** What a {@link Reply} tells. */
  enum Kind {
    /** Something by the way; the reply proper is still to come. */
    NOTE,
    COMPILED,
    /** An {@link OutOfGpuMemoryException}. */
    MEMORY,
    /** Another {@link GpuException}. */
    GPU,
    /** An {@link IOException}. */
    FILE,
    /** Anything else that was thrown. */
    FAILED
  }

  /**
   * How an order went.
   *
   * @param text of a note or a fault, else empty
   * @param deviceBytes of GPU memory that running what was compiled takes
   */
  record Reply(Kind kind, String text, long deviceBytes) {

    static Reply of(Kind kind, String text) {
      return new Reply(kind, text, 0);
    }

    String line() throws IOException {
      return MARK + JSON.writeValueAsString(this);
    }

    /** Empty for what somebody else has printed. */
    static Optional<Reply> read(String line) throws IOException {
      return line.startsWith(MARK)
          ? Optional.of(JSON.readValue(line.substring(MARK.length()), Reply.class))
          : Optional.empty();
    }
  }
}
