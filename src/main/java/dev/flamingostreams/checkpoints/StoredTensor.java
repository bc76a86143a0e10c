package dev.flamingostreams.checkpoints;

import java.util.List;

/**
 * Where one tensor lies in a safetensors file.
 *
 * @param offset of its first byte from the start of the file
 * @param length in bytes
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, long offset, long length)
    implements CheckpointTensor {

  public StoredTensor {
    shape = List.copyOf(shape);
  }

  @Override
  public long elements() {
    return length / type.bytes();
  }
}
