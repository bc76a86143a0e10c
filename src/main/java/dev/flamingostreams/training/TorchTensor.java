package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A libtorch array. What an operation makes belongs to the manager of the step, also of weights.
 */
final class TorchTensor implements Tensor {
  private final TorchBackend backend;
  private final NDArray array;

  TorchTensor(TorchBackend backend, NDArray array) {
    this.backend = backend;
    this.array = array;
  }

  static NDArray array(Tensor tensor) {
    if (tensor instanceof TorchTensor torch) {
      return torch.array;
    }
    throw new IllegalArgumentException("a tensor of another backend: " + tensor.getClass());
  }

  NDArray array() {
    return array;
  }

  @Override
  public long[] shape() {
    return array.getShape().getShape();
  }

  @Override
  public DataType type() {
    return switch (array.getDataType()) {
      case FLOAT32 -> DataType.FLOAT;
      case INT32 -> DataType.INT;
      case BOOLEAN -> DataType.BOOL;
      default -> throw new IllegalStateException("no such type: " + array.getDataType());
    };
  }

  @Override
  public Tensor add(Tensor other) {
    checkBroadcast("add", other);
    return of(array.add(array(other)));
  }

  @Override
  public Tensor sub(Tensor other) {
    checkBroadcast("sub", other);
    return of(array.sub(array(other)));
  }

  @Override
  public Tensor mul(Tensor other) {
    checkBroadcast("mul", other);
    return of(array.mul(array(other)));
  }

  @Override
  public Tensor div(Tensor other) {
    checkBroadcast("div", other);
    if (type() != DataType.INT) {
      return of(array.div(array(other)));
    }
    // 32-bit floats do not hold every int
    NDArray wide = array.toType(ai.djl.ndarray.types.DataType.FLOAT64, false);
    NDArray quotient = wide.div(array(other)).trunc();
    return of(quotient.toType(ai.djl.ndarray.types.DataType.INT32, false));
  }

  @Override
  public Tensor scale(double factor) {
    // DJL's mul(Number) lets go of the number at once; the gradient reads it later.
    return mul(backend.constant(new float[] {(float) factor}));
  }

  @Override
  public Tensor matmul(Tensor other) {
    Shapes.matmul(shape(), other.shape());
    return of(array.matMul(array(other)));
  }

  /** libtorch's weights have the outputs first. */
  @Override
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    if (bias == null) {
      return matmul(weight);
    }
    Shapes.matmul(shape(), weight.shape());
    return of(JniUtils.linear((PtNDArray) array, torch(weight.transpose(1, 0)), torch(bias)));
  }

  @Override
  public Tensor attention(Tensor keys, Tensor values, @Nullable Tensor bias) {
    FusedOperators fused = backend.fused();
    return fused == null
        ? Tensor.super.attention(keys, values, bias)
        : of(fused.attention(array, array(keys), array(values), bias == null ? null : array(bias)));
  }

  @Override
  public Tensor matmulTransposed(Tensor other) {
    Shapes.matmulTransposed(shape(), other.shape());
    return of(array.matMul(array(other).transpose()));
  }

  @Override
  public Tensor sqrt() {
    return of(array.sqrt());
  }

  @Override
  public Tensor clip(double low, double high) {
    return of(array.clip((float) low, (float) high));
  }

  @Override
  public Tensor tanh() {
    return of(array.tanh());
  }

  @Override
  public Tensor sigmoid() {
    return of(array.getNDArrayInternal().sigmoid());
  }

  @Override
  public Tensor relu() {
    return of(array.getNDArrayInternal().relu());
  }

  @Override
  public Tensor gelu() {
    return of(array.getNDArrayInternal().gelu());
  }

  @Override
  public Tensor softmax() {
    return of(array.softmax(-1));
  }

  @Override
  public Tensor logSoftmax() {
    return of(array.logSoftmax(-1));
  }

  @Override
  public Tensor standardise(double epsilon) {
    long[] s = shape();
    float[] ones = new float[Math.toIntExact(s[Shapes.axis("standardise", -1, s)])];
    Arrays.fill(ones, 1);
    return layerNorm(backend.constant(ones, ones.length), null, epsilon);
  }

  @Override
  public Tensor layerNorm(Tensor weight, @Nullable Tensor bias, double epsilon) {
    long[] s = shape();
    if (weight.shape().length != 1 || weight.shape()[0] != s[s.length - 1]) {
      throw Shapes.mismatch("layerNorm", s, weight.shape());
    }
    PtNDArray w = torch(weight);
    PtNDArray b = torch(bias == null ? backend.zeros(w.getShape().getShape()) : bias);
    return of(JniUtils.layerNorm((PtNDArray) array, w.getShape(), w, b, epsilon));
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, Convolution how) {
    Shapes.conv2d(shape(), weight.shape(), how);
    NDArray padded = how.before() == how.after() ? array : padded(how);
    int padding = how.before() == how.after() ? how.before() : 0;
    NDList result =
        array
            .getNDArrayInternal()
            .convolution(
                padded,
                array(weight),
                bias == null ? null : array(bias),
                new Shape(how.stride(), how.stride()),
                new Shape(padding, padding),
                new Shape(1, 1),
                how.groups());
    return of(result.singletonOrThrow());
  }

  /** libtorch's convolutions pad both sides alike. */
  private NDArray padded(Convolution how) {
    long[] sides = {how.before(), how.after(), how.before(), how.after()};
    return array(of(JniUtils.pad((PtNDArray) array, sides, 0)));
  }

  @Override
  public Tensor mean(int axis) {
    return of(array.mean(new int[] {axis}));
  }

  @Override
  public Tensor max(int axis) {
    return of(array.max(new int[] {axis}));
  }

  @Override
  public Tensor argmax() {
    return of(array.argMax(-1).toType(ai.djl.ndarray.types.DataType.INT32, false));
  }

  @Override
  public Top topK(int k) {
    Shapes.topK(k, shape());
    NDList both = array.topK(k, -1, true, true);
    NDArray indices = both.get(1).toType(ai.djl.ndarray.types.DataType.INT32, false);
    return new Top(of(both.get(0)), of(indices));
  }

  @Override
  public Tensor reshape(long... shape) {
    long[] from = shape();
    Shapes.reshape(from, shape);
    return Arrays.equals(from, shape) ? this : of(array.reshape(shape));
  }

  @Override
  public Tensor transpose(int... permutation) {
    return of(array.transpose(permutation));
  }

  @Override
  public Tensor slice(int axis, long from, long to) {
    Shapes.slice(shape(), axis, from, to);
    return of(JniUtils.slice((PtNDArray) array, axis, from, to, 1));
  }

  @Override
  public Tensor expand(long... shape) {
    long[] from = shape();
    Shapes.expand(from, shape);
    return Arrays.equals(from, shape) ? this : of(array.broadcast(shape));
  }

  @Override
  public Tensor gather(Tensor indices) {
    long[] row = shape();
    long[] result = Shapes.gather(row, indices.shape());
    Tensor rows = row.length == 2 ? this : reshape(row[0], Shapes.size(row) / row[0]);
    return of(JniUtils.embedding(torch(indices), torch(rows), false)).reshape(result);
  }

  @Override
  public Tensor put(int axis, Tensor index, Tensor slice) {
    long[] s = shape();
    Shapes.put(s, axis, index.shape(), slice.shape());
    int along = Shapes.axis("put", axis, s);
    FusedOperators fused = backend.fused();
    if (fused != null) {
      fused.write(array, along, array(index), array(slice));
      return this;
    }
    long[] positions = new long[s.length];
    Arrays.fill(positions, 1);
    positions[along] = s[along];
    int[] counting = new int[Math.toIntExact(s[along])];
    Arrays.setAll(counting, i -> i);
    return backend.constant(counting, positions).equal(index).where(slice, this);
  }

  @Override
  public Tensor within(UnaryOperator<Tensor> work) {
    return backend.within(this, work);
  }

  @Override
  public Tensor equal(Tensor other) {
    checkBroadcast("equal", other);
    return of(array.eq(array(other)));
  }

  @Override
  public Tensor less(Tensor other) {
    checkBroadcast("less", other);
    return of(array.lt(array(other)));
  }

  @Override
  public Tensor and(Tensor other) {
    return of(array.logicalAnd(array(other)));
  }

  @Override
  public Tensor or(Tensor other) {
    return of(array.logicalOr(array(other)));
  }

  @Override
  public Tensor not() {
    return of(array.logicalNot());
  }

  @Override
  public Tensor where(Tensor then, Tensor otherwise) {
    Shapes.broadcast("where", shape(), Shapes.broadcast("where", then.shape(), otherwise.shape()));
    return of(JniUtils.where((PtNDArray) array, torch(then), torch(otherwise)));
  }

  @Override
  public Tensor toFloat() {
    return of(array.toType(ai.djl.ndarray.types.DataType.FLOAT32, false));
  }

  private Tensor of(NDArray result) {
    return backend.own(result);
  }

  private static PtNDArray torch(Tensor tensor) {
    return (PtNDArray) array(tensor);
  }

  private void checkBroadcast(String operation, Tensor other) {
    Shapes.broadcast(operation, shape(), other.shape());
  }
}
