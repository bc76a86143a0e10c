package dev.flamingostreams.engine;

/** A graph does not fit into what is left of a GPU's memory; one for fewer clips may. */
final class OutOfGpuMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Graph graph;

  OutOfGpuMemoryException(Graph graph, String message) {
    super(message);
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }
}
