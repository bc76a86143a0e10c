package dev.flamingostreams.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A directory that an option names and that cannot be written to, in one line. */
final class Unwritable {
  private Unwritable() {}

  static CommandException of(String option, Path directory, IOException e) {
    return new CommandException(
        ExitCode.BAD_INPUT,
        "cannot write to %s (%s); name another directory with %s"
            .formatted(directory, reason(e), option),
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "nothing can be made there";
    } else if (e instanceof AccessDeniedException) {
      return "no permission";
    } else if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is no directory";
    }
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
