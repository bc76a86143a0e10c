package dev.flamingostreams.hub;

import java.io.IOException;

/** Files could not be fetched. The message is one line that names what failed and the way out. */
public sealed class HubException extends IOException permits TransientException {
  private static final long serialVersionUID = 1L;

  HubException(String message) {
    super(message);
  }

  HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
