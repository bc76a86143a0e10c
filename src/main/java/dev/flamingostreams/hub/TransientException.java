package dev.flamingostreams.hub;

import java.time.Duration;

/** A failure that may be gone when one asks again. */
final class TransientException extends HubException {
  private static final long serialVersionUID = 1L;

  private final Duration wait;

  TransientException(String message, Throwable cause) {
    super(message, cause);
    this.wait = Duration.ZERO;
  }

  TransientException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /** How long the server asks to be left alone; zero if it does not say. */
  Duration serverWait() {
    return wait;
  }
}
