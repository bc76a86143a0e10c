package dev.flamingostreams.checkpoints;

/**
 * A run of elements in an entry {@code data/KEY} of a PyTorch file; tensors are views of it.
 *
 * @param elements as the pickle claims, not yet compared with the entry
 */
record TorchStorage(StoredType type, String key, long elements) {
  TorchStorage {
    if (elements < 0 || elements > Long.MAX_VALUE / type.bytes()) {
      throw new TorchFormatException("storage %s claims %d elements".formatted(key, elements));
    }
  }

  long length() {
    return elements * type.bytes();
  }
}
