package dev.flamingostreams.checkpoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The elements of a storage that are a tensor: element (i, j, ...) lies at offset + i * strides[0]
 * + j * strides[1] + .... All of them are inside the storage, and none is there twice except along
 * a dimension of stride 0.
 *
 * @param offset in elements
 * @param strides in elements
 */
record TensorView(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {
  private static final int MAX_DIMENSIONS = 64;

  /** How many elements a tensor may have that is expanded from fewer stored ones. */
  private static final long MAX_EXPANDED = 1 << 24;

  /**
   * One dimension as it is walked.
   *
   * @param stride in the storage
   * @param step in the row-major tensor
   */
  record Dimension(long size, long stride, long step) {}

  TensorView {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size() || shape.size() > MAX_DIMENSIONS) {
      throw fault(
          storage, "has %d dimensions and %d strides".formatted(shape.size(), strides.size()));
    }
    if (offset < 0 || negative(shape) || negative(strides)) {
      throw fault(storage, "has a negative offset, size or stride");
    }
    try {
      check(storage, offset, shape, strides);
    } catch (ArithmeticException e) {
      throw fault(storage, "has a shape or strides that are too large");
    }
  }

  private static boolean negative(List<Long> numbers) {
    return numbers.stream().anyMatch(number -> number < 0);
  }

  private static void check(
      TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {
    long elements = product(shape);
    List<Dimension> dimensions = dimensions(shape, strides);
    long extent = elements == 0 ? 0 : extent(storage, dimensions);
    if (Math.addExact(offset, extent) > storage.elements()) {
      throw fault(
          storage, "ends at element %d of %d".formatted(offset + extent, storage.elements()));
    }
    if (elements > Math.max(storage.elements(), MAX_EXPANDED)) {
      throw fault(storage, "expands %d elements to %d".formatted(storage.elements(), elements));
    }
  }

  private static long product(List<Long> shape) {
    return shape.contains(0L) ? 0 : shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static long extent(TorchStorage storage, List<Dimension> dimensions) {
    long extent = 1;
    for (int i = dimensions.size() - 1; i >= 0; i--) {
      Dimension dimension = dimensions.get(i);
      if (dimension.stride() > 0 && dimension.stride() < extent) {
        throw fault(storage, "overlaps itself: save a contiguous copy of it");
      }
      long last = Math.multiplyExact(dimension.size() - 1, dimension.stride());
      extent = Math.addExact(extent, last);
    }
    return extent;
  }

  private static List<Dimension> dimensions(List<Long> shape, List<Long> strides) {
    List<Dimension> dimensions = new ArrayList<>();
    long step = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) > 1) {
        dimensions.add(0, new Dimension(shape.get(i), strides.get(i), step));
      }
      step *= shape.get(i);
    }
    dimensions.sort(Comparator.comparingLong(Dimension::stride).reversed());
    return dimensions;
  }

  private static TorchFormatException fault(TorchStorage storage, String what) {
    return new TorchFormatException("a tensor of storage %s %s".formatted(storage.key(), what));
  }

  long elements() {
    return product(shape);
  }

  /** Those of more than one element, in the order in which they rise through the storage. */
  List<Dimension> dimensions() {
    return dimensions(shape, strides);
  }
}
