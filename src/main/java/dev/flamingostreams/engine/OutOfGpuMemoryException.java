package dev.flamingostreams.engine;

/** A graph does not fit into what is left of a GPU's memory; one for fewer clips may. */
public final class OutOfGpuMemoryException extends GpuException {
  private static final long serialVersionUID = 1L;

  private final transient Graph graph;

  public OutOfGpuMemoryException(Graph graph, String message) {
    super(message);
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }
}
