package dev.flamingostreams.engine;

/** An example of a prompt cannot be seen. */
public final class ExampleException extends TaskException {
  private static final long serialVersionUID = 1L;

  private final int example;
  private final String fault;

  ExampleException(int example, String fault, Throwable cause) {
    super("example %d of the prompt: %s".formatted(example, fault), cause);
    this.example = example;
    this.fault = fault;
  }

  /** What is wrong with it. */
  public String fault() {
    return fault;
  }

  /** Which one of the prompt's, from 0. */
  public int example() {
    return example;
  }
}
