package dev.flamingostreams.checkpoints;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/** The elements of one type that begin at some byte of a file, read at places that only rise. */
final class ElementReader {
  private static final int CHUNK_BYTES = 1 << 20;

  private final FileChannel channel;
  private final StoredType type;
  private final long start;
  private final long elements;
  private final ByteBuffer buffer;
  private long first;

  /**
   * @param start of the first element, in bytes from the start of the file
   */
  ElementReader(FileChannel channel, StoredType type, long start, long elements) {
    this.channel = channel;
    this.type = type;
    this.start = start;
    this.elements = elements;
    long bytes = Math.min(CHUNK_BYTES, elements * type.bytes());
    this.buffer = ByteBuffer.allocate((int) bytes).order(LITTLE_ENDIAN).limit(0);
  }

  /** Room for the elements of a tensor. */
  static float[] array(Path file, CheckpointTensor tensor) {
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has %,d elements, too many for one array",
              file,
              tensor.name(),
              tensor.elements()));
    }
    return new float[(int) tensor.elements()];
  }

  /**
   * @param index less than the number of elements, and not less than before
   */
  float at(long index) throws IOException {
    long byteInBuffer = (index - first) * type.bytes();
    if (byteInBuffer >= buffer.limit()) {
      refill(index);
      byteInBuffer = 0;
    }
    return type.read(buffer.position((int) byteInBuffer));
  }

  private void refill(long index) throws IOException {
    long bytes = Math.min(buffer.capacity(), (elements - index) * type.bytes());
    buffer.clear().limit((int) bytes);
    fill(channel, buffer, start + index * type.bytes());
    first = index;
  }

  /** Reads up to the buffer's limit and flips it. */
  static void fill(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file ends at byte " + (position + buffer.position()));
      }
    }
    buffer.flip();
  }
}
