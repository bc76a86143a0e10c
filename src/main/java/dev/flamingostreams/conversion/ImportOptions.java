package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.StoredType;

/**
 * How a model is written.
 *
 * @param id the model's name, which signs its captions
 * @param type {@link StoredType#F32} or {@link StoredType#F16}
 * @param replace whether a model that is there already is replaced
 */
public record ImportOptions(String id, StoredType type, boolean replace) {
  public ImportOptions {
    if (type != StoredType.F32 && type != StoredType.F16) {
      throw new IllegalArgumentException("a model is written as F32 or F16, not as " + type);
    }
    if (id.isBlank()) {
      throw new IllegalArgumentException("the id of a model is empty");
    }
  }

  public static ImportOptions of(String id) {
    return new ImportOptions(id, StoredType.F32, false);
  }
}
