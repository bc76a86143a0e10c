package dev.flamingostreams.frames;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A video that cannot be read; the message is one line with the source, the reason and the fix. */
public final class VideoException extends IOException {
  private static final long serialVersionUID = 1L;

  VideoException(String message) {
    super(message);
  }

  VideoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
