package dev.flamingostreams.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of a graph, or of the body of a loop within one, whose outer values they may use. */
final class Scope {
  private final int depth;
  private final List<Message> nodes = new ArrayList<>();
  private boolean closed;

  Scope(@Nullable Scope outer) {
    depth = outer == null ? 0 : outer.depth + 1;
  }

  void add(Message node) {
    if (closed) {
      throw new IllegalArgumentException("a tensor of a loop's body is used after the loop");
    }
    nodes.add(node);
  }

  List<Message> nodes() {
    return nodes;
  }

  /** No node may be added any more. */
  void close() {
    closed = true;
  }

  /** The one further inside. */
  Scope inner(Scope other) {
    return other.depth > depth ? other : this;
  }
}
