package dev.flamingostreams.checkpoints;

import java.util.List;

/** What a checkpoint says of one of its tensors, before anything of it is read. */
public interface CheckpointTensor {
  String name();

  StoredType type();

  /** Empty for a scalar. */
  List<Long> shape();

  long elements();
}
