package dev.flamingostreams.checkpoints;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/**
 * A safetensors file, its header read and checked. Holds no open file: tensors are read one at a
 * time, when asked for. Every fault is a {@link ModelException} that names the file.
 */
public final class Safetensors {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  Safetensors(Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  public static Safetensors open(Path file) {
    return SafetensorsHeader.read(file);
  }

  public Path file() {
    return file;
  }

  /** In the order of the header. */
  public Collection<StoredTensor> tensors() {
    return tensors.values();
  }

  /** What the header's {@code __metadata__} says; empty if it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  public StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(file + " has no tensor named " + name);
    }
    return tensor;
  }

  /** The tensor's elements in row-major order, converted to floats. */
  public float[] floats(String name) {
    StoredTensor tensor = tensor(name);
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw new ModelException(
          "%s: tensor %s has %,d elements, too many for one array"
              .formatted(file, name, tensor.elements()));
    }
    float[] values = new float[(int) tensor.elements()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      read(channel, tensor, values);
    } catch (IOException e) {
      throw new ModelException("%s: cannot read tensor %s: %s".formatted(file, name, e), e);
    }
    return values;
  }

  private static void read(FileChannel channel, StoredTensor tensor, float[] values)
      throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(tensor.length(), CHUNK_BYTES)).order(LITTLE_ENDIAN);
    long end = tensor.offset() + tensor.length();
    int count = 0;
    for (long at = tensor.offset(); at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(end - at, CHUNK_BYTES));
      fill(channel, buffer, at);
      while (buffer.hasRemaining()) {
        values[count++] = tensor.type().read(buffer);
      }
    }
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
