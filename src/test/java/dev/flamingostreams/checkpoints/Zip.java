package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes zip archives whose directory may say anything. */
final class Zip {
  private static final int LOCAL_BYTES = 30;

  /** An entry as the directory describes it. */
  record Entry(String name, int method, long packed, long length, long offset) {}

  private final ByteBuffer data = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private final List<Entry> entries = new ArrayList<>();

  static Zip of(byte[] pickle, byte[] storage) {
    return new Zip().add("x/data.pkl", pickle).add("x/data/0", storage);
  }

  Zip add(String name, byte[] content) {
    return lie(new Entry(name, 0, content.length, content.length, data.position()), content);
  }

  /** Adds content, and to the directory an entry that need not fit it. */
  Zip lie(Entry entry, byte[] content) {
    data.put(local(entry.name())).put(content);
    entries.add(entry);
    return this;
  }

  private static byte[] local(String name) {
    byte[] utf8 = name.getBytes(UTF_8);
    ByteBuffer local =
        ByteBuffer.allocate(LOCAL_BYTES + utf8.length).order(ByteOrder.LITTLE_ENDIAN);
    local.putInt(0x04034b50).putShort(26, (short) utf8.length).put(LOCAL_BYTES, utf8);
    return local.array();
  }

  byte[] bytes() {
    ByteBuffer bytes = buffer(1 << 18).put(data.duplicate().flip());
    int start = bytes.position();
    entries.forEach(entry -> directory(bytes, entry));
    int length = bytes.position() - start;
    bytes.putInt(0x06054b50).putInt(0).putShort((short) entries.size());
    bytes.putShort((short) entries.size()).putInt(length).putInt(start).putShort((short) 0);
    byte[] written = new byte[bytes.position()];
    bytes.get(0, written);
    return written;
  }

  private static void directory(ByteBuffer bytes, Entry entry) {
    byte[] name = entry.name().getBytes(UTF_8);
    bytes.putInt(0x02014b50).putInt(0).putShort((short) 0).putShort((short) entry.method());
    bytes.putLong(0).putInt((int) entry.packed()).putInt((int) entry.length());
    bytes.putShort((short) name.length).putShort((short) 0).putLong(0).putShort((short) 0);
    bytes.putInt((int) entry.offset()).put(name);
  }

  /**
   * Writes a zip64 file of the pickle and, so many bytes from the start of the file on, of storage
   * 0; between them is a hole.
   */
  static void writeLarge(Path file, byte[] pickle, byte[] storage, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(local("x/data.pkl")));
      channel.write(ByteBuffer.wrap(pickle));
      channel.position(at).write(ByteBuffer.wrap(local("x/data/0")));
      channel.write(ByteBuffer.wrap(storage));
      long start = channel.position();
      ByteBuffer tail = buffer(1 << 10);
      directory(tail, new Entry("x/data.pkl", 0, pickle.length, pickle.length, 0));
      directory64(tail, new Entry("x/data/0", 0, storage.length, storage.length, at));
      end64(tail, start);
      channel.write(tail.flip());
    }
  }

  private static void directory64(ByteBuffer bytes, Entry entry) {
    int start = bytes.position();
    directory(bytes, new Entry(entry.name(), 0, -1, -1, -1));
    bytes.putShort(start + 30, (short) 28).putShort((short) 1).putShort((short) 24);
    bytes.putLong(entry.length()).putLong(entry.packed()).putLong(entry.offset());
  }

  private static void end64(ByteBuffer bytes, long start) {
    int length = bytes.position();
    bytes.putInt(0x06064b50).putLong(44).putInt(45).putLong(0).putLong(2).putLong(2);
    bytes.putLong(length).putLong(start);
    bytes.putInt(0x07064b50).putInt(0).putLong(start + length).putInt(1);
    bytes.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
  }

  private static ByteBuffer buffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
