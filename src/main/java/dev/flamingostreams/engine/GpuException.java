package dev.flamingostreams.engine;

/** A GPU, or what it is driven with, cannot be used. One line says what is wrong and the fix. */
public class GpuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GpuException(String message) {
    super(message);
  }

  public GpuException(String message, Throwable cause) {
    super(message, cause);
  }
}
