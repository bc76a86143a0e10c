package dev.flamingostreams.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Locale;

/** What has come of a file, in {@code NAME.part} until it is whole; an earlier run's is kept. */
final class PartFile implements Closeable {
  private static final int CHUNK_BYTES = 1 << 18;

  private final HubFile file;
  private final Path path;
  private final FileChannel channel;
  private MessageDigest digest;
  private long length;
  private boolean discarded;

  private PartFile(HubFile file, Path path, FileChannel channel) {
    this.file = file;
    this.path = path;
    this.channel = channel;
    this.digest = file.checksum().digest(file.size());
  }

  static Path path(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /** Reads what is there already. */
  static PartFile open(HubFile file, Path target) throws IOException {
    Path path = path(target);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(path, channel);
      PartFile part = new PartFile(file, path, channel);
      if (channel.size() > file.size()) {
        part.restart(); // it is of another revision
      } else {
        part.length = feed(channel, part.digest);
      }
      return part;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Held until the channel is closed. */
  private static void lock(Path path, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new HubException(path + " is being written by this process already", e);
    }
    throw new HubException(path + " is being written by another process; wait until it has ended");
  }

  /** Whether a file has the announced size and hash. */
  static boolean complete(HubFile file, Path target) throws IOException {
    if (!Files.isRegularFile(target) || Files.size(target) != file.size()) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
      MessageDigest digest = file.checksum().digest(file.size());
      feed(channel, digest);
      return file.checksum().matches(digest);
    }
  }

  private static long feed(FileChannel channel, MessageDigest digest) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES);
    long position = 0;
    for (int read = channel.read(buffer, 0); read >= 0; read = channel.read(buffer, position)) {
      position += read;
      digest.update(buffer.flip());
      buffer.clear();
    }
    return position;
  }

  /** Bytes that are here. */
  long length() {
    return length;
  }

  /** More of the file's bytes than it has are refused. */
  void append(byte[] bytes, int count) throws HubException {
    if (count > file.size() - length) {
      discarded = true;
      throw new HubException(
          String.format(
              Locale.ROOT,
              "%s: more bytes came than the %,d announced; what came was deleted, run again",
              file.path(),
              file.size()));
    }
    try {
      write(ByteBuffer.wrap(bytes, 0, count));
    } catch (IOException e) {
      throw new HubException(
          "cannot write %s: %s; make room and run again, it goes on from there"
              .formatted(path, e.getMessage()),
          e);
    }
    digest.update(bytes, 0, count);
  }

  private void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      length += channel.write(buffer, length);
    }
  }

  /** Forgets what has come. */
  void restart() throws IOException {
    channel.truncate(0);
    length = 0;
    digest = file.checksum().digest(file.size());
  }

  /** Gives the whole file its name, if it has the announced hash. */
  void finish(Path target) throws IOException {
    if (!file.checksum().matches(digest)) {
      discarded = true;
      throw new HubException(
          "%s: the bytes that came do not have the announced hash; they were deleted, run again"
              .formatted(file.path()));
    }
    channel.force(true);
    channel.close();
    Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (discarded) {
      Files.deleteIfExists(path);
    }
  }
}
