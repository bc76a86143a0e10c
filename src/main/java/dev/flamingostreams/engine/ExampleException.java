package dev.flamingostreams.engine;

/** An example of a prompt cannot be seen. */
public final class ExampleException extends TaskException {
  private static final long serialVersionUID = 1L;

  private final int example;

  ExampleException(int example, String message, Throwable cause) {
    super(message, cause);
    this.example = example;
  }

  /** Which one of the prompt's, from 0. */
  public int example() {
    return example;
  }
}
