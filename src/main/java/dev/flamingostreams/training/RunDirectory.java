package dev.flamingostreams.training;

import dev.flamingostreams.checkpoints.LockFile;
import dev.flamingostreams.checkpoints.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directory of a run, which one run has for itself. */
final class RunDirectory implements AutoCloseable {
  private static final String LOCK = "training.lock";

  private final Path path;
  private final LockFile lock;

  private RunDirectory(Path path, LockFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory if there is none.
   *
   * @throws TrainingException if it cannot be one, or another run has it
   */
  static RunDirectory open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new TrainingException(path + " is a file; name a directory");
    }
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new TrainingException(
          "the directory %s cannot be made (%s); name another".formatted(path, reason(e)), e);
    }
    if (!Files.isWritable(path)) {
      throw new TrainingException(
          "this user may not write into %s; name another directory".formatted(path));
    }
    return new RunDirectory(path, lock(path));
  }

  private static LockFile lock(Path path) throws IOException {
    return LockFile.take(path.resolve(LOCK))
        .orElseThrow(
            () ->
                new TrainingException(
                    "another run is training in %s; wait for its end or name another directory"
                        .formatted(path)));
  }

  /** What the message of an exception of the file system leaves out. */
  static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || !message.contains(" ")
        ? e.getClass().getSimpleName().replaceAll("Exception$", "") + " " + message
        : message;
  }

  Path path() {
    return path;
  }

  /** The run's record, if it has come to its end here. */
  @Nullable Path complete() {
    Path record = path.resolve(TrainingRecord.FILE);
    return Files.exists(record) && Files.exists(path.resolve(ModelDirectory.WEIGHTS))
        ? record
        : null;
  }

  /**
   * @throws TrainingException if the directory holds a model that no run here has written
   */
  void refuseOther() {
    if (Files.exists(path.resolve(ModelDirectory.WEIGHTS))
        && !Files.exists(path.resolve(Checkpoints.NEWEST))
        && !Files.exists(path.resolve(Checkpoints.PREVIOUS))) {
      throw new TrainingException(
          "%s holds a model, and no checkpoint of its training; name another directory"
              .formatted(path));
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
