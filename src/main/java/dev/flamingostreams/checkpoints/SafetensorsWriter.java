package dev.flamingostreams.checkpoints;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes a safetensors file tensor by tensor, so that no more than one is in memory; the file is
 * there when it is whole. The data starts at a multiple of 64 bytes.
 */
public final class SafetensorsWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ALIGNMENT = 64;
  private static final int CHUNK_BYTES = 1 << 20;

  private record Source(StoredType type, long[] shape, Supplier<float[]> values) {
    long elements() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds a tensor; its values, in row-major order, are asked for once, when it is written.
   *
   * @param type {@link StoredType#F32} or {@link StoredType#F16}
   */
  public SafetensorsWriter tensor(
      String name, StoredType type, long[] shape, Supplier<float[]> values) {
    if (type != StoredType.F32 && type != StoredType.F16) {
      throw new IllegalArgumentException("write F32 or F16, not " + type);
    }
    if (sources.putIfAbsent(name, new Source(type, shape.clone(), values)) != null) {
      throw new IllegalArgumentException("tensor " + name + " is there already");
    }
    return this;
  }

  /** Writes everything added so far, in that order, and replaces the file if there is one. */
  public void write(Path file) throws IOException {
    WholeFile.write(file, this::writeTo);
  }

  private void writeTo(FileChannel channel) throws IOException {
    WholeFile.drain(header(), channel);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(LITTLE_ENDIAN);
    for (Map.Entry<String, Source> entry : sources.entrySet()) {
      write(entry.getKey(), entry.getValue(), buffer, channel);
    }
  }

  private ByteBuffer header() throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", metadata);
    }
    long at = 0;
    for (Map.Entry<String, Source> entry : sources.entrySet()) {
      Source source = entry.getValue();
      long end = at + source.elements() * source.type().bytes();
      header.put(
          entry.getKey(),
          Map.of(
              "dtype", source.type().name(),
              "shape", source.shape(),
              "data_offsets", new long[] {at, end}));
      at = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padded = -Math.floorDiv(-(SafetensorsHeader.LENGTH_BYTES + json.length), ALIGNMENT);
    ByteBuffer buffer = ByteBuffer.allocate(padded * ALIGNMENT).order(LITTLE_ENDIAN);
    buffer.putLong(buffer.capacity() - SafetensorsHeader.LENGTH_BYTES).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static void write(String name, Source source, ByteBuffer buffer, FileChannel channel)
      throws IOException {
    float[] values = source.values().get();
    if (values.length != source.elements()) {
      throw new IllegalArgumentException(
          "tensor %s has %d values, its shape %s says %d"
              .formatted(name, values.length, Arrays.toString(source.shape()), source.elements()));
    }
    buffer.clear();
    for (float value : values) {
      if (source.type() == StoredType.F16 && Math.abs(value) > HalfFloats.MAX) {
        throw new IllegalArgumentException(
            "tensor %s holds %s, which no 16-bit float can: write it as F32"
                .formatted(name, value));
      }
      source.type().write(value, buffer);
      if (!buffer.hasRemaining()) {
        WholeFile.drain(buffer.flip(), channel);
        buffer.clear();
      }
    }
    WholeFile.drain(buffer.flip(), channel);
  }
}
