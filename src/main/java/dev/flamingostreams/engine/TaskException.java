package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.ModelException;
import org.jspecify.annotations.Nullable;

/** A model cannot be asked this. */
public class TaskException extends ModelException {
  private static final long serialVersionUID = 1L;

  TaskException(String message) {
    super(message);
  }

  TaskException(@Nullable String message, Throwable cause) {
    super(String.valueOf(message), cause);
  }
}
