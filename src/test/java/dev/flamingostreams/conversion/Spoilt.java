package dev.flamingostreams.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.CheckpointTensor;
import dev.flamingostreams.checkpoints.Checkpoints;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint whose tensors can be taken away, added and changed before it is written anew. */
final class Spoilt {
  private static final JsonMapper JSON = new JsonMapper();

  private record Values(long[] shape, float[] floats) {}

  private final Map<String, Values> tensors = new LinkedHashMap<>();

  static Spoilt of(Path checkpoint) {
    Checkpoint read = Checkpoints.open(checkpoint);
    Spoilt spoilt = new Spoilt();
    for (CheckpointTensor tensor : read.tensors()) {
      spoilt.with(
          tensor.name(),
          read.floats(tensor.name()),
          tensor.shape().stream().mapToLong(Long::longValue).toArray());
    }
    return spoilt;
  }

  Spoilt with(String name, float[] values, long... shape) {
    tensors.put(name, new Values(shape, values));
    return this;
  }

  Spoilt without(String name) {
    if (tensors.remove(name) == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return this;
  }

  /** With another value somewhere in a tensor. */
  Spoilt changing(String name, float value) {
    Values values = values(name);
    float[] changed = values.floats.clone();
    changed[changed.length / 2] = value;
    return with(name, changed, values.shape);
  }

  /** With a tensor's first rows alone. */
  Spoilt cutting(String name, int rows) {
    Values values = values(name);
    long[] shape = values.shape.clone();
    int width = (int) (values.floats.length / shape[0]);
    shape[0] = rows;
    return with(name, Arrays.copyOf(values.floats, rows * width), shape);
  }

  private Values values(String name) {
    Values values = tensors.get(name);
    if (values == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return values;
  }

  Path write(Path file) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(
        (name, values) -> writer.tensor(name, StoredType.F32, values.shape, () -> values.floats));
    writer.write(file);
    return file;
  }

  /** Sets a key of a JSON file, such as {@code attn_config.alibi}. */
  static void json(Path file, String path, String value) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(file.toFile());
    ObjectNode at = root;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode next = at.path(keys[i]);
      at = next.isObject() ? (ObjectNode) next : at.putObject(keys[i]);
    }
    at.set(keys[keys.length - 1], JSON.readTree(value));
    Files.write(file, JSON.writeValueAsBytes(root));
  }
}
