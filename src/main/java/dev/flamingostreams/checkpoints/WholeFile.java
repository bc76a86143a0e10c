package dev.flamingostreams.checkpoints;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file whole or not at all, whatever ends the program or the machine: under another name
 * first, then to the disk, then in place of the old one.
 */
public final class WholeFile {
  private static final String DRAFT = ".part";

  /** What the file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes from the channel's start; an exception leaves the old file as it is. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private WholeFile() {}

  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static void write(Path file, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    write(file, channel -> drain(rest, channel));
  }

  public static void write(Path file, Content content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + DRAFT);
    try {
      try (FileChannel channel = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Gives a whole file another name, in place of what has it, and lasts through a power cut. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    Path directory = to.toAbsolutePath().getParent();
    if (directory != null && Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      try (FileChannel names = FileChannel.open(directory, READ)) {
        names.force(true);
      }
    }
  }

  static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
