package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A libtorch array. What an operation makes belongs to the manager of the step, also of weights.
 */
final class TorchTensor implements Tensor {
  private final NDManager step;
  private final NDArray array;

  TorchTensor(NDManager step, NDArray array) {
    this.step = step;
    this.array = array;
  }

  static TorchTensor ofResult(NDManager step, NDArray array) {
    // DJL attaches a result to its receiver's manager, which for a weight is for ever.
    if (array.getManager() != step) {
      array.attach(step);
    }
    return new TorchTensor(step, array);
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
    NDArray quotient = array.div(array(other));
    return type() == DataType.INT
        ? of(quotient.trunc().toType(ai.djl.ndarray.types.DataType.INT32, false))
        : of(quotient);
  }

  @Override
  public Tensor scale(double factor) {
    return of(array.mul((float) factor));
  }

  @Override
  public Tensor matmul(Tensor other) {
    Shapes.matmul(shape(), other.shape());
    return of(array.matMul(array(other)));
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
  public Tensor layerNorm(Tensor weight, @Nullable Tensor bias, double epsilon) {
    long[] s = shape();
    if (weight.shape().length != 1 || weight.shape()[0] != s[s.length - 1]) {
      throw Shapes.mismatch("layerNorm", s, weight.shape());
    }
    NDArray w = array(weight);
    try (NDManager scratch = step.newSubManager()) {
      NDArray b = bias == null ? scratch.zeros(w.getShape()) : array(bias);
      return of(LayerNorm.layerNorm(array, w.getShape(), w, b, (float) epsilon).singletonOrThrow());
    }
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

  /** libtorch pads both sides alike. */
  private NDArray padded(Convolution how) {
    long[] s = shape();
    long width = how.before() + s[3] + how.after();
    NDList rows = zeros(s[0], s[1], s[2], how.before());
    rows.add(array);
    rows.addAll(zeros(s[0], s[1], s[2], how.after()));
    NDList all = zeros(s[0], s[1], how.before(), width);
    all.add(NDArrays.concat(rows, 3));
    all.addAll(zeros(s[0], s[1], how.after(), width));
    return NDArrays.concat(all, 2);
  }

  private NDList zeros(long... shape) {
    return Shapes.size(shape) == 0 ? new NDList() : new NDList(step.zeros(new Shape(shape)));
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
    Shapes.reshape(shape(), shape);
    return of(array.reshape(shape));
  }

  @Override
  public Tensor transpose(int... permutation) {
    return of(array.transpose(permutation));
  }

  @Override
  public Tensor slice(int axis, long from, long to) {
    int a = axis < 0 ? axis + shape().length : axis;
    NDIndex index = new NDIndex();
    for (int i = 0; i < a; i++) {
      index.addAllDim();
    }
    return of(array.get(index.addSliceDim(from, to)));
  }

  @Override
  public Tensor expand(long... shape) {
    Shapes.expand(shape(), shape);
    return of(array.broadcast(shape));
  }

  @Override
  public Tensor gather(Tensor indices) {
    NDArray rows = array.get(array(indices).reshape(-1));
    long[] row = shape();
    long[] at = indices.shape();
    long[] shape = new long[at.length + row.length - 1];
    System.arraycopy(at, 0, shape, 0, at.length);
    System.arraycopy(row, 1, shape, at.length, row.length - 1);
    return of(rows.reshape(shape));
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
    long[] s =
        Shapes.broadcast(
            "where", shape(), Shapes.broadcast("where", then.shape(), otherwise.shape()));
    // DJL's where does not broadcast.
    NDArray condition = array(expand(s));
    return of(
        array(then.expand(s)).getNDArrayInternal().where(condition, array(otherwise.expand(s))));
  }

  @Override
  public Tensor toFloat() {
    return of(array.toType(ai.djl.ndarray.types.DataType.FLOAT32, false));
  }

  private Tensor of(NDArray result) {
    return ofResult(step, result);
  }

  private void checkBroadcast(String operation, Tensor other) {
    Shapes.broadcast(operation, shape(), other.shape());
  }
}
