package dev.flamingostreams.checkpoints;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that lets one at a time write to a place. The system lets go of the lock of a process that
 * was killed; numbers of processes would not do, since containers do not know each other's.
 */
public final class LockFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Nothing if somebody has it, in this process or another. */
  public static Optional<LockFile> take(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, CREATE, WRITE, NOFOLLOW_LINKS);
    boolean taken = false;
    try {
      taken = lock(channel) && Files.exists(file); // it is gone if its owner has just ended
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    return taken ? Optional.of(new LockFile(file, channel)) : Optional.empty();
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
