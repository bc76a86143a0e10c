package dev.flamingostreams.plugin;

/** A host stays as it is; the message says why, and what to do. */
public class GraftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GraftException(String problem) {
    super(problem);
  }

  public GraftException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
