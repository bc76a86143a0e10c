package dev.flamingostreams.checkpoints;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Tensors by name, whatever kind of file or files they lie in. Holds no open file and no tensor:
 * each is read when asked for. Every fault is a {@link ModelException} that names the file.
 */
public interface Checkpoint {
  /** The file, or the index of a checkpoint that lies in several. */
  Path file();

  /** In the order of the file. */
  Collection<? extends CheckpointTensor> tensors();

  boolean contains(String name);

  /** Fails if there is no tensor of that name. */
  CheckpointTensor tensor(String name);

  /**
   * The tensor's elements in row-major order, converted to floats. Needs memory for these and one
   * megabyte.
   */
  float[] floats(String name);

  /** In the order of the file. */
  default List<String> names() {
    return tensors().stream().<String>map(CheckpointTensor::name).toList();
  }
}
