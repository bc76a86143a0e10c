package dev.flamingostreams.engine;

/** A graph does not fit into what is left of a GPU's memory; one for fewer clips may. */
final class OutOfGpuMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfGpuMemoryException(String message) {
    super(message);
  }
}
