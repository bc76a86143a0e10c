package dev.flamingostreams.checkpoints;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the header of a safetensors file: a length, JSON, and then the data. */
final class SafetensorsHeader {
  /** The limit of the reference implementation. */
  static final long MAX_BYTES = 100_000_000;

  static final int LENGTH_BYTES = 8;

  private final Path file;
  private final long dataStart;
  private final long dataLength;

  private SafetensorsHeader(Path file, long dataStart, long dataLength) {
    this.file = file;
    this.dataStart = dataStart;
    this.dataLength = dataLength;
  }

  static Safetensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(file, channel);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s: the header is not valid JSON: %s"
              .formatted(file, e.getOriginalMessage().replaceFirst(" \\(start marker.*", "")),
          e);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }

  private static Safetensors read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw new ModelException("%s is truncated: %d bytes".formatted(file, size));
    }
    ByteBuffer prefix = ByteBuffer.allocate(LENGTH_BYTES).order(LITTLE_ENDIAN);
    ElementReader.fill(channel, prefix, 0);
    long length = prefix.getLong();
    if (length < 2 || length > Math.min(MAX_BYTES, size - LENGTH_BYTES)) {
      throw new ModelException(
          "%s: the header claims %s bytes, the file has %d in all"
              .formatted(file, Long.toUnsignedString(length), size));
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    ElementReader.fill(channel, header, LENGTH_BYTES);
    long dataStart = LENGTH_BYTES + length;
    return new SafetensorsHeader(file, dataStart, size - dataStart)
        .parse(JsonTree.of(header.array()));
  }

  private Safetensors parse(JsonNode header) {
    if (!header.isObject()) {
      throw new ModelException(file + ": the header is not a JSON object");
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals("__metadata__")) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
      }
    }
    checkNoOverlap(tensors);
    return new Safetensors(file, tensors, metadata);
  }

  private StoredTensor tensor(String name, JsonNode entry) {
    StoredType type = type(name, entry.path("dtype").asText());
    List<Long> shape = numbers(name, "shape", entry.path("shape"));
    List<Long> offsets = numbers(name, "data_offsets", entry.path("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw fault(name, "data_offsets %s are not a range".formatted(offsets));
    }
    if (offsets.get(1) > dataLength) {
      throw fault(
          name,
          "ends at data byte %d, the file holds %d (truncated?)"
              .formatted(offsets.get(1), dataLength));
    }
    long length = offsets.get(1) - offsets.get(0);
    if (length != bytes(name, type, shape)) {
      throw fault(name, "has %d bytes, which is not %s of %s".formatted(length, shape, type));
    }
    return new StoredTensor(name, type, shape, dataStart + offsets.get(0), length);
  }

  private StoredType type(String name, String dtype) {
    try {
      return StoredType.valueOf(dtype);
    } catch (IllegalArgumentException e) {
      throw fault(name, "has dtype '%s', which is not supported".formatted(dtype));
    }
  }

  private List<Long> numbers(String name, String field, JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      if (!number.canConvertToLong() || !number.isIntegralNumber() || number.asLong() < 0) {
        throw fault(name, "%s holds %s".formatted(field, number));
      }
      numbers.add(number.asLong());
    }
    if (!array.isArray()) {
      throw fault(name, "has no %s".formatted(field));
    }
    return numbers;
  }

  private long bytes(String name, StoredType type, List<Long> shape) {
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw fault(name, "shape %s is too large".formatted(shape));
    }
  }

  private void checkNoOverlap(Map<String, StoredTensor> tensors) {
    List<StoredTensor> sorted = new ArrayList<>(tensors.values());
    sorted.removeIf(tensor -> tensor.length() == 0);
    sorted.sort(Comparator.comparingLong(StoredTensor::offset));
    for (int i = 1; i < sorted.size(); i++) {
      StoredTensor before = sorted.get(i - 1);
      if (before.offset() + before.length() > sorted.get(i).offset()) {
        throw fault(sorted.get(i).name(), "overlaps tensor " + before.name());
      }
    }
  }

  private ModelException fault(String name, String what) {
    return new ModelException("%s: tensor %s %s".formatted(file, name, what));
  }
}
