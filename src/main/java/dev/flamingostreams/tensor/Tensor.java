package dev.flamingostreams.tensor;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array of static shape, computed now or recorded in a graph. Element-wise
 * operations broadcast as in NumPy; axes count from 0 and may be negative (-1 is the last). A wrong
 * shape or type is an {@link IllegalArgumentException} that names both shapes.
 */
public interface Tensor {

  /** The sizes of the axes; empty for a scalar. Callers must not change the array. */
  long[] shape();

  DataType type();

  Tensor add(Tensor other);

  Tensor sub(Tensor other);

  Tensor mul(Tensor other);

  /** Of ints: towards zero. */
  Tensor div(Tensor other);

  Tensor scale(double factor);

  /** {@code [..., n, k] x [..., k, m] -> [..., n, m]}; leading axes broadcast. */
  Tensor matmul(Tensor other);

  /** {@code [..., k] x [m, k] -> [..., m]}: by a matrix that holds its columns as rows. */
  Tensor matmulTransposed(Tensor other);

  /** {@code [..., k] x [k, m] + [m]}: a layer of a network. */
  default Tensor linear(Tensor weight, @Nullable Tensor bias) {
    Tensor y = matmul(weight);
    return bias == null ? y : y.add(bias);
  }

  /**
   * These queries' means of the values, weighted by how well the keys fit.
   *
   * @param keys {@code [B, G, K, d]}, for queries {@code [B, H, Q, d]}: each of the G heads serves
   *     H/G in a row
   * @param values {@code [B, G, K, d]}
   * @param bias added to the scores {@code [B, H, Q, K]}; broadcasts
   * @return {@code [B, H, Q, d]}
   */
  default Tensor attention(Tensor keys, Tensor values, @Nullable Tensor bias) {
    long[] s = shape();
    long[] k = keys.shape();
    long rows = s[1] / k[1] * s[2];
    Tensor scaled = scale(1 / Math.sqrt((double) s[3])).reshape(s[0], k[1], rows, s[3]);
    Tensor scores = scaled.matmul(keys.transpose(0, 1, 3, 2)).reshape(s[0], s[1], s[2], k[2]);
    Tensor probabilities = (bias == null ? scores : scores.add(bias)).softmax();
    return probabilities.reshape(s[0], k[1], rows, k[2]).matmul(values).reshape(s);
  }

  Tensor sqrt();

  /** What is below {@code low} becomes {@code low}, what is above {@code high} becomes that. */
  Tensor clip(double low, double high);

  Tensor tanh();

  Tensor sigmoid();

  Tensor relu();

  /** GELU with the exact error function. */
  Tensor gelu();

  /** Softmax over the last axis. */
  Tensor softmax();

  /** Log-softmax over the last axis. */
  Tensor logSoftmax();

  /** To mean 0 and variance 1 over the last axis (biased variance). */
  Tensor standardise(double epsilon);

  /** Standardises the last axis (biased variance), then scales and shifts it by {@code [n]}. */
  Tensor layerNorm(Tensor weight, @Nullable Tensor bias, double epsilon);

  /**
   * {@code [N,C,H,W]} by {@code [O,C/groups,K,K]} and an optional {@code [O]} to {@code
   * [N,O,H',W']}.
   */
  Tensor conv2d(Tensor weight, @Nullable Tensor bias, Convolution how);

  /** The mean over one axis, which goes away. */
  Tensor mean(int axis);

  /** The maximum over one axis, which goes away. */
  Tensor max(int axis);

  /** The index of the first maximum of the last axis, which goes away; {@link DataType#INT}. */
  Tensor argmax();

  /** The largest {@code k} of the last axis, largest first; of equals the first. */
  Top topK(int k);

  /** Values and their {@link DataType#INT} indices, {@code [..., k]} each. */
  record Top(Tensor values, Tensor indices) {}

  Tensor reshape(long... shape);

  /** Axis i of the result is axis {@code permutation[i]} of this. */
  Tensor transpose(int... permutation);

  /** The half-open range {@code from..to} of one axis. */
  Tensor slice(int axis, long from, long to);

  /** Repeats axes of size 1 to the given shape. */
  Tensor expand(long... shape);

  /** Rows of this {@code [V, ...]} by {@link DataType#INT} indices: {@code [indices..., ...]}. */
  Tensor gather(Tensor indices);

  /**
   * This with one slice of an axis replaced. What this was must not be used any more: it may have
   * been written into.
   *
   * @param index an {@link DataType#INT} of shape {@code [1]}
   * @param slice floats of this shape, but 1 along the axis
   */
  Tensor put(int axis, Tensor index, Tensor slice);

  /** What {@code work} makes of this; all that it makes on the way may be freed at its end. */
  default Tensor within(UnaryOperator<Tensor> work) {
    return work.apply(this);
  }

  /** Element-wise equality of ints; {@link DataType#BOOL}. */
  Tensor equal(Tensor other);

  /** Element-wise {@code this < other} of ints or floats; {@link DataType#BOOL}. */
  Tensor less(Tensor other);

  Tensor and(Tensor other);

  Tensor or(Tensor other);

  Tensor not();

  /** Where this {@link DataType#BOOL} holds, {@code then}, else {@code otherwise}; broadcasts. */
  Tensor where(Tensor then, Tensor otherwise);

  /** Ints or booleans as floats. */
  Tensor toFloat();
}
