package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelException;

/** An example of a prompt cannot be seen. */
public final class ExampleException extends ModelException {
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
