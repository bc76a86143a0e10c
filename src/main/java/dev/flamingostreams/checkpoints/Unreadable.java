package dev.flamingostreams.checkpoints;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be read, in one line without names of classes. */
final class Unreadable {

  private Unreadable() {}

  static ModelException of(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new ModelException(file + " does not exist", e);
    } else if (e instanceof AccessDeniedException) {
      return new ModelException(file + " may not be read by this user", e);
    }
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return new ModelException("cannot read %s: %s".formatted(file, reason == null ? e : reason), e);
  }
}
