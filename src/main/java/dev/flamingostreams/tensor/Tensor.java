package dev.flamingostreams.tensor;

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
