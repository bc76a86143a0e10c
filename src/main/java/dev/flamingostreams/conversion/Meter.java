package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.StoredType;
import java.util.List;
import java.util.Map;

/** Counts the weights that were written; one is, once the next is asked for. */
final class Meter {
  private final StoredType type;
  private final ImportProgress progress;
  private final int all;
  private final long allBytes;
  private int begun;
  private long bytes;

  Meter(Map<String, List<Long>> shapes, StoredType type, ImportProgress progress) {
    this.type = type;
    this.progress = progress;
    this.all = shapes.size();
    this.allBytes = shapes.values().stream().mapToLong(this::bytes).sum();
  }

  private long bytes(List<Long> shape) {
    return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
  }

  void next(List<Long> shape) {
    report();
    begun++;
    bytes += bytes(shape);
  }

  void end() {
    report();
  }

  private void report() {
    if (begun > 0) {
      progress.written(begun, all, bytes, allBytes);
    }
  }
}
