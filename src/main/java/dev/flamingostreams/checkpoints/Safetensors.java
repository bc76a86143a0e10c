package dev.flamingostreams.checkpoints;

import java.io.IOException;
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
public final class Safetensors implements Checkpoint {
  private final Path file;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;
  private final FileState state;

  Safetensors(Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    this.file = file;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
    this.state = FileState.of(file);
  }

  public static Safetensors open(Path file) {
    return SafetensorsHeader.read(file);
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Collection<StoredTensor> tensors() {
    return tensors.values();
  }

  /** Refuses a file in which the tensors may lie no longer where they did when it was opened. */
  public void requireUnchanged() {
    if (!state.equals(FileState.of(file))) {
      throw new ModelException(file + " has changed since it was opened; start again");
    }
  }

  /** What the header's {@code __metadata__} says; empty if it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  @Override
  public StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ModelException(file + " has no tensor named " + name);
    }
    return tensor;
  }

  @Override
  public float[] floats(String name) {
    StoredTensor tensor = tensor(name);
    float[] values = ElementReader.array(file, tensor);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      read(channel, tensor, values);
    } catch (IOException e) {
      throw new ModelException("%s: cannot read tensor %s: %s".formatted(file, name, e), e);
    }
    return values;
  }

  private static void read(FileChannel channel, StoredTensor tensor, float[] values)
      throws IOException {
    ElementReader reader =
        new ElementReader(channel, tensor.type(), tensor.offset(), values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = reader.at(i);
    }
  }
}
