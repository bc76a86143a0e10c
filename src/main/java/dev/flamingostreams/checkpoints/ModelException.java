package dev.flamingostreams.checkpoints;

/** A model directory cannot be used. The message is one line that names the file and the fault. */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
