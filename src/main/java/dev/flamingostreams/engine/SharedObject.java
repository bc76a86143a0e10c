package dev.flamingostreams.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A native library as a file (ELF, 64 bits). The system's linker ends the process when it loads one
 * that was cut short, so it is looked at before.
 */
final class SharedObject {
  private static final int MAGIC = 0x7f454c46; // big endian
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int X86_64 = 62;
  private static final int LOADED = 1;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOLS = 11;
  private static final int SYMBOL_BYTES = 24;
  private static final long LARGEST_TABLE = 64L << 20;

  private SharedObject() {}

  /** What is wrong with it, if it is not whole. */
  static Optional<String> fault(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = read(channel, 0, HEADER_BYTES);
      if (header.remaining() < HEADER_BYTES
          || Integer.reverseBytes(header.getInt(0)) != MAGIC
          || header.getShort(18) != X86_64) {
        return Optional.of("it is no library of linux-x86_64");
      }
      long bytes = Math.max(sectionsEnd(header), segmentsEnd(channel, header));
      return channel.size() < bytes
          ? Optional.of("it has %,d bytes of %,d".formatted(channel.size(), bytes))
          : Optional.empty();
    }
  }

  private static long sectionsEnd(ByteBuffer header) {
    return header.getLong(40) + (long) header.getShort(58) * header.getShort(60);
  }

  private static long segmentsEnd(FileChannel channel, ByteBuffer header) throws IOException {
    int count = header.getShort(56);
    ByteBuffer segments = read(channel, header.getLong(32), Math.max(0, count * SEGMENT_BYTES));
    long end = 0;
    for (int at = 0; at + SEGMENT_BYTES <= segments.remaining(); at += SEGMENT_BYTES) {
      if (segments.getInt(at) == LOADED) {
        end = Math.max(end, segments.getLong(at + 8) + segments.getLong(at + 32));
      }
    }
    return end;
  }

  /** Whether it offers a function to others; true as well where it has no list of them. */
  static boolean offers(Path file, String function) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = read(channel, 0, HEADER_BYTES);
      int count = header.getShort(60);
      ByteBuffer sections = read(channel, header.getLong(40), Math.max(0, count * SECTION_BYTES));
      for (int at = 0; at + SECTION_BYTES <= sections.remaining(); at += SECTION_BYTES) {
        if (sections.getInt(at + 4) == SYMBOLS) {
          ByteBuffer symbols = section(channel, sections, at);
          int names = sections.getInt(at + 40) * SECTION_BYTES;
          return lists(symbols, section(channel, sections, names), function);
        }
      }
      return true;
    }
  }

  private static ByteBuffer section(FileChannel channel, ByteBuffer sections, int at)
      throws IOException {
    long bytes = Math.min(sections.getLong(at + 32), LARGEST_TABLE);
    return read(channel, sections.getLong(at + 24), Math.toIntExact(bytes));
  }

  private static boolean lists(ByteBuffer symbols, ByteBuffer names, String function) {
    byte[] name = (function + "\0").getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + SYMBOL_BYTES <= symbols.remaining(); at += SYMBOL_BYTES) {
      boolean defined = symbols.getShort(at + 6) != 0;
      int start = symbols.getInt(at);
      if (defined
          && start <= names.limit() - name.length
          && names.slice(start, name.length).equals(ByteBuffer.wrap(name))) {
        return true;
      }
    }
    return false;
  }

  private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }
}
