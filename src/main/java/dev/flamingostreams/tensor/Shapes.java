package dev.flamingostreams.tensor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shapes of results, for backends that must know them before they compute. What does not fit is
 * an {@link IllegalArgumentException} that names the operation and the shapes.
 */
public final class Shapes {
  private Shapes() {}

  /** The number of elements. */
  public static long size(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** From the front for axes from 0, from the back for negative ones. */
  public static int axis(String operation, int axis, long... shape) {
    if (axis < -shape.length || axis >= shape.length) {
      throw fault(operation, "axis " + axis + " is not one of " + Arrays.toString(shape));
    }
    return axis < 0 ? axis + shape.length : axis;
  }

  public static long[] broadcast(String operation, long[] a, long[] b) {
    long[] result = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= result.length; i++) {
      long x = i <= a.length ? a[a.length - i] : 1;
      long y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw mismatch(operation, a, b);
      }
      result[result.length - i] = x == 1 ? y : x;
    }
    return result;
  }

  /** {@code [..., n, k] x [..., k, m]}. */
  public static long[] matmul(long[] a, long[] b) {
    if (a.length < 2 || b.length < 2 || a[a.length - 1] != b[b.length - 2]) {
      throw mismatch("matmul", a, b);
    }
    long[] lead =
        broadcast("matmul", Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
    long[] result = Arrays.copyOf(lead, lead.length + 2);
    result[lead.length] = a[a.length - 2];
    result[lead.length + 1] = b[b.length - 1];
    return result;
  }

  /** {@code [..., k] x [m, k]}. */
  public static long[] matmulTransposed(long[] a, long[] b) {
    if (a.length < 1 || b.length != 2 || a[a.length - 1] != b[1]) {
      throw mismatch("matmulTransposed", a, b);
    }
    long[] result = a.clone();
    result[a.length - 1] = b[0];
    return result;
  }

  /** {@code [N,C,H,W]} by {@code [O,C/groups,K,K]}. */
  public static long[] conv2d(long[] x, long[] weight, Convolution how) {
    if (x.length != 4
        || weight.length != 4
        || x[1] != weight[1] * how.groups()
        || weight[0] % how.groups() != 0) {
      throw mismatch("conv2d", x, weight);
    }
    long height = x[2] + how.before() + how.after() - weight[2];
    long width = x[3] + how.before() + how.after() - weight[3];
    if (height < 0 || width < 0) {
      throw mismatch("conv2d", x, weight);
    }
    return new long[] {x[0], weight[0], height / how.stride() + 1, width / how.stride() + 1};
  }

  /** The last axis cut to its {@code k} largest. */
  public static long[] topK(int k, long... shape) {
    int last = axis("topK", -1, shape);
    if (k < 1 || k > shape[last]) {
      throw fault("topK", k + " of " + Arrays.toString(shape));
    }
    long[] result = shape.clone();
    result[last] = k;
    return result;
  }

  public static long[] concat(List<long[]> parts, int axis) {
    long[] result = parts.get(0).clone();
    int along = axis("concat", axis, result);
    result[along] = 0;
    for (long[] part : parts) {
      long[] expected = result.clone();
      if (part.length == result.length) {
        expected[along] = part[along];
      }
      if (!Arrays.equals(part, expected)) {
        throw mismatch("concat", parts.get(0), part);
      }
      result[along] += part[along];
    }
    return result;
  }

  /** Without one axis. */
  public static long[] without(String operation, int axis, long... shape) {
    int gone = axis(operation, axis, shape);
    long[] result = new long[shape.length - 1];
    System.arraycopy(shape, 0, result, 0, gone);
    System.arraycopy(shape, gone + 1, result, gone, result.length - gone);
    return result;
  }

  public static long[] reshape(long[] from, long[] to) {
    if (size(from) != size(to) || Arrays.stream(to).anyMatch(n -> n < 0)) {
      throw mismatch("reshape", from, to);
    }
    return to.clone();
  }

  public static long[] transpose(long[] shape, int... permutation) {
    Set<Integer> seen = new HashSet<>();
    long[] result = new long[shape.length];
    for (int i = 0; i < permutation.length; i++) {
      int axis = permutation[i];
      if (permutation.length != shape.length
          || axis < 0
          || axis >= shape.length
          || !seen.add(axis)) {
        throw fault("transpose", Arrays.toString(shape) + " by " + Arrays.toString(permutation));
      }
      result[i] = shape[axis];
    }
    return result;
  }

  public static long[] slice(long[] shape, int axis, long from, long to) {
    int along = axis("slice", axis, shape);
    if (from < 0 || from > to || to > shape[along]) {
      throw fault(
          "slice",
          "%d..%d is not within axis %d of %s".formatted(from, to, along, Arrays.toString(shape)));
    }
    long[] result = shape.clone();
    result[along] = to - from;
    return result;
  }

  public static long[] expand(long[] from, long[] to) {
    if (!Arrays.equals(broadcast("expand", from, to), to)) {
      throw mismatch("expand", from, to);
    }
    return to.clone();
  }

  /** Rows of {@code table} at {@code indices}. */
  public static long[] gather(long[] table, long[] indices) {
    if (table.length == 0) {
      throw mismatch("gather", table, indices);
    }
    long[] result = Arrays.copyOf(indices, indices.length + table.length - 1);
    System.arraycopy(table, 1, result, indices.length, table.length - 1);
    return result;
  }

  /** One slice of an axis replaced. */
  public static void put(long[] shape, int axis, long[] index, long[] slice) {
    long[] expected = shape.clone();
    expected[axis("put", axis, shape)] = 1;
    if (!Arrays.equals(slice, expected) || !Arrays.equals(index, new long[] {1})) {
      throw mismatch("put", shape, slice);
    }
  }

  public static IllegalArgumentException mismatch(String operation, long[] a, long[] b) {
    return fault(operation, Arrays.toString(a) + " and " + Arrays.toString(b) + " do not fit");
  }

  private static IllegalArgumentException fault(String operation, String what) {
    return new IllegalArgumentException(operation + ": " + what);
  }
}
