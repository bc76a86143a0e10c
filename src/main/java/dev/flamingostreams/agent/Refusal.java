package dev.flamingostreams.agent;

import org.jspecify.annotations.Nullable;

/** Nothing is grafted; the message is a line that says why. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
