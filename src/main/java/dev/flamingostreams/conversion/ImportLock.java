package dev.flamingostreams.conversion;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.flamingostreams.checkpoints.ModelException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets one import at a time go to a place. The system lets go of the lock of a process that was
 * killed; numbers of processes would not do, since containers do not know each other's.
 */
final class ImportLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private ImportLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Fails if another import has it. */
  static ImportLock take(Path file, Path out) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, WRITE, NOFOLLOW_LINKS);
    boolean taken = false;
    try {
      taken = lock(channel) && Files.exists(file); // it is gone if another import just ended
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    if (!taken) {
      throw new ModelException(
          "another import to %s is running; wait until it has ended".formatted(out));
    }
    return new ImportLock(file, channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    }
  }

  /** Deletes the file while nobody else can have the lock. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      channel.close();
    }
  }
}
