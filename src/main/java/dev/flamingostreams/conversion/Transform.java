package dev.flamingostreams.conversion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a tensor of a checkpoint becomes a weight.
 *
 * @param source the shape of the tensor, given the weight's
 * @param rows which row of the tensor becomes a row of the weight
 * @param transposed whether rows become columns
 */
record Transform(UnaryOperator<List<Long>> source, Rows rows, boolean transposed) {
  private static final Rows SAME = (row, count) -> row;
  private static final int TILE = 32;

  /** Rows of a tensor that holds more than one weight. */
  interface Rows {
    /**
     * The row of the tensor.
     *
     * @param count of the weight's rows
     */
    long from(long row, long count);
  }

  static final Transform COPY = new Transform(shape -> shape, SAME, false);

  /** {@code (out, in)} to {@code (in, out)}. */
  static final Transform TRANSPOSE = new Transform(Transform::reversed, SAME, true);

  /** A convolution of one pixel to a matrix: {@code (out, in, 1, 1)} to {@code (in, out)}. */
  static final Transform POINTWISE =
      new Transform(shape -> with(reversed(shape), 1L, 1L), SAME, true);

  /** {@code (out, 1, 1, 1)} to {@code (out)}. */
  static final Transform GAIN = new Transform(shape -> with(shape, 1L, 1L, 1L), SAME, false);

  /** A scalar to {@code (1)}. */
  static final Transform SCALAR = new Transform(shape -> List.of(), SAME, false);

  /** {@code (n, 1, D)} to {@code (n, D)}. */
  static final Transform TABLE =
      new Transform(shape -> List.of(shape.get(0), 1L, shape.get(1)), SAME, false);

  /** The first rows of a table that has so many. */
  static Transform firstOf(long tableRows) {
    return new Transform(shape -> List.of(tableRows, shape.get(1)), SAME, false);
  }

  /** One of several matrices {@code (out, in)} or biases {@code (out)} one below the other. */
  static Transform part(int which, int parts, boolean transposed) {
    return fused(parts, transposed, (row, count) -> which * count + row);
  }

  /** The same where each head has its parts side by side: {@code (heads, parts, headWidth)}. */
  static Transform headPart(int which, int parts, int headWidth, boolean transposed) {
    return fused(
        parts,
        transposed,
        (row, count) -> (row / headWidth * parts + which) * headWidth + row % headWidth);
  }

  private static Transform fused(int parts, boolean transposed, Rows rows) {
    return new Transform(
        shape -> {
          List<Long> source = transposed ? reversed(shape) : new ArrayList<>(shape);
          source.set(0, source.get(0) * parts);
          return source;
        },
        rows,
        transposed);
  }

  private static List<Long> reversed(List<Long> shape) {
    List<Long> reversed = new ArrayList<>(shape);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Long> with(List<Long> shape, Long... more) {
    List<Long> longer = new ArrayList<>(shape);
    longer.addAll(List.of(more));
    return longer;
  }

  /**
   * The weight's elements in row-major order; the tensor's own array if nothing changes.
   *
   * @param shape of the weight
   */
  float[] apply(float[] tensor, List<Long> shape) {
    int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    if (rows == SAME && !transposed && tensor.length == size) {
      return tensor;
    }
    int count = Math.toIntExact(shape.get(transposed ? 1 : 0));
    float[] weight = new float[size];
    if (transposed) {
      transpose(tensor, weight, count, size / count);
    } else {
      int width = size / count;
      for (int row = 0; row < count; row++) {
        System.arraycopy(tensor, from(row, count, width), weight, row * width, width);
      }
    }
    return weight;
  }

  private int from(int row, int count, int width) {
    return Math.toIntExact(rows.from(row, count) * width);
  }

  /** By tiles that fit a cache. */
  private void transpose(float[] tensor, float[] weight, int count, int width) {
    for (int top = 0; top < count; top += TILE) {
      int bottom = Math.min(count, top + TILE);
      for (int left = 0; left < width; left += TILE) {
        int right = Math.min(width, left + TILE);
        for (int row = top; row < bottom; row++) {
          int from = from(row, count, width);
          for (int column = left; column < right; column++) {
            weight[column * count + row] = tensor[from + column];
          }
        }
      }
    }
  }
}
