package dev.flamingostreams.onnx;

import static dev.flamingostreams.onnx.OnnxFormat.attribute;

import dev.flamingostreams.tensor.Convolution;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of an ONNX graph; each operation adds nodes. */
final class OnnxTensor implements Tensor {
  private final OnnxBackend graph;
  private final Scope scope;
  private final String name;
  private final DataType type;
  private final long[] shape;

  OnnxTensor(OnnxBackend graph, Scope scope, String name, DataType type, long... shape) {
    this.graph = graph;
    this.scope = scope;
    this.name = name;
    this.type = type;
    this.shape = shape;
  }

  OnnxBackend backend() {
    return graph;
  }

  Scope scope() {
    return scope;
  }

  String name() {
    return name;
  }

  Message value() {
    return OnnxFormat.value(name, OnnxFormat.elementType(type), shape);
  }

  @Override
  public long[] shape() {
    return shape;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Tensor add(Tensor other) {
    return arithmetic("Add", other);
  }

  @Override
  public Tensor sub(Tensor other) {
    return arithmetic("Sub", other);
  }

  @Override
  public Tensor mul(Tensor other) {
    return arithmetic("Mul", other);
  }

  private Tensor arithmetic(String operator, Tensor other) {
    if (type == DataType.BOOL) {
      requireType(operator, DataType.FLOAT);
    }
    return pair(operator, type, type, other);
  }

  @Override
  public Tensor div(Tensor other) {
    return arithmetic("Div", other);
  }

  @Override
  public Tensor scale(double factor) {
    return floats("Mul", shape, List.of(), this, scalar(factor));
  }

  @Override
  public Tensor matmul(Tensor other) {
    OnnxTensor right = graph.own(other);
    right.requireType("matmul", DataType.FLOAT);
    return floats("MatMul", Shapes.matmul(shape, right.shape), List.of(), this, right);
  }

  @Override
  public Tensor matmulTransposed(Tensor other) {
    OnnxTensor right = graph.own(other);
    right.requireType("matmulTransposed", DataType.FLOAT);
    long[] result = Shapes.matmulTransposed(shape, right.shape);
    long k = right.shape[1];
    long rows = Shapes.size(shape) / k;
    OnnxTensor flat = graph.own(reshape(rows, k));
    return flat.floats(
            "Gemm", new long[] {rows, right.shape[0]}, List.of(attribute("transB", 1)), flat, right)
        .reshape(result);
  }

  @Override
  public Tensor sqrt() {
    return floats("Sqrt", shape, List.of(), this);
  }

  @Override
  public Tensor clip(double low, double high) {
    return floats("Clip", shape, List.of(), this, bound(low), bound(high));
  }

  /** Bounds must be scalars. */
  private OnnxTensor bound(double value) {
    return graph.own(graph.constant(new float[] {(float) value}, new long[0]));
  }

  @Override
  public Tensor tanh() {
    return floats("Tanh", shape, List.of(), this);
  }

  @Override
  public Tensor sigmoid() {
    return floats("Sigmoid", shape, List.of(), this);
  }

  @Override
  public Tensor relu() {
    return floats("Relu", shape, List.of(), this);
  }

  /** In the form that ONNX Runtime recognises and replaces by one operator of its own. */
  @Override
  public Tensor gelu() {
    OnnxTensor scaled = floats("Div", shape, List.of(), this, scalar(Math.sqrt(2)));
    OnnxTensor erf = floats("Erf", shape, List.of(), scaled);
    OnnxTensor shifted = floats("Add", shape, List.of(), erf, scalar(1));
    OnnxTensor product = floats("Mul", shape, List.of(), this, shifted);
    return floats("Mul", shape, List.of(), product, scalar(0.5));
  }

  @Override
  public Tensor softmax() {
    Shapes.axis("softmax", -1, shape);
    return floats("Softmax", shape, List.of(attribute("axis", -1)), this);
  }

  @Override
  public Tensor logSoftmax() {
    Shapes.axis("logSoftmax", -1, shape);
    return floats("LogSoftmax", shape, List.of(attribute("axis", -1)), this);
  }

  /** Rows are channels of one image: ONNX Runtime's layer norm does not use vector instructions. */
  @Override
  public Tensor standardise(double epsilon) {
    long last = shape[Shapes.axis("standardise", -1, shape)];
    int rows = Math.toIntExact(Shapes.size(shape) / last);
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    OnnxTensor image = graph.own(reshape(1, rows, last));
    return image
        .floats(
            "InstanceNormalization",
            image.shape,
            List.of(attribute("epsilon", (float) epsilon)),
            image,
            graph.own(graph.constant(ones, rows)),
            graph.own(graph.constant(new float[rows], rows)))
        .reshape(shape);
  }

  @Override
  public Tensor layerNorm(Tensor weight, @Nullable Tensor bias, double epsilon) {
    // for TensorRT scale and bias have one shape, so a bias that is left out becomes zeros
    OnnxTensor scale = graph.own(weight);
    Tensor shift =
        bias == null
            ? graph.constant(new float[(int) Shapes.size(scale.shape)], scale.shape)
            : bias;
    List<OnnxTensor> sources = List.of(this, scale, graph.own(shift));
    for (OnnxTensor vector : sources.subList(1, 3)) {
      vector.requireType("layerNorm", DataType.FLOAT);
      if (shape.length == 0 || !Arrays.equals(vector.shape, last())) {
        throw Shapes.mismatch("layerNorm", shape, vector.shape);
      }
    }
    return floats(
        "LayerNormalization",
        shape,
        List.of(attribute("axis", -1), attribute("epsilon", (float) epsilon)),
        sources.toArray(OnnxTensor[]::new));
  }

  private long[] last() {
    return new long[] {shape[shape.length - 1]};
  }

  @Override
  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, Convolution how) {
    // TensorRT has its fast convolutions for initializers alone; these are small
    OnnxTensor kernel = graph.plain(weight);
    long[] result = Shapes.conv2d(shape, kernel.shape, how);
    List<OnnxTensor> sources = new ArrayList<>(List.of(this, kernel));
    if (bias != null) {
      sources.add(graph.plain(bias));
      if (!Arrays.equals(bias.shape(), new long[] {result[1]})) {
        throw Shapes.mismatch("conv2d", kernel.shape, bias.shape());
      }
    }
    long before = how.before();
    long after = how.after();
    return floats(
        "Conv",
        result,
        List.of(
            attribute("group", how.groups()),
            attribute("kernel_shape", new long[] {kernel.shape[2], kernel.shape[3]}),
            attribute("strides", new long[] {how.stride(), how.stride()}),
            attribute("pads", new long[] {before, before, after, after})),
        sources.toArray(OnnxTensor[]::new));
  }

  @Override
  public Tensor mean(int axis) {
    return reduce("ReduceMean", axis);
  }

  @Override
  public Tensor max(int axis) {
    return reduce("ReduceMax", axis);
  }

  private Tensor reduce(String operator, int axis) {
    long[] axes = {Shapes.axis(operator, axis, shape)};
    return floats(
        operator,
        Shapes.without(operator, axis, shape),
        List.of(attribute("axes", axes), attribute("keepdims", 0)),
        this);
  }

  @Override
  public Tensor argmax() {
    requireType("argmax", DataType.FLOAT);
    long[] result = Shapes.without("argmax", -1, shape);
    List<Message> attributes = List.of(attribute("axis", -1), attribute("keepdims", 0));
    return graph.node("ArgMax", DataType.INT, result, attributes, this).int32();
  }

  @Override
  public Top topK(int k) {
    requireType("topK", DataType.FLOAT);
    long[] result = Shapes.topK(k, shape);
    List<OnnxTensor> both =
        graph.nodes(
            "TopK",
            List.of(DataType.FLOAT, DataType.INT),
            result,
            List.of(attribute("axis", -1)),
            this,
            one(k));
    return new Top(both.get(0), both.get(1).int32());
  }

  /** Some operators give 64-bit integers, which some engines cannot compute with. */
  OnnxTensor int32() {
    return graph.node(
        "Cast", DataType.INT, shape, List.of(attribute("to", OnnxFormat.INT32)), this);
  }

  @Override
  public Tensor reshape(long... to) {
    if (Arrays.equals(shape, to)) {
      return this;
    }
    return same("Reshape", Shapes.reshape(shape, to), graph.longs(to, to.length));
  }

  @Override
  public Tensor transpose(int... permutation) {
    long[] order = Arrays.stream(permutation).asLongStream().toArray();
    return graph.node(
        "Transpose",
        type,
        Shapes.transpose(shape, permutation),
        List.of(attribute("perm", order)),
        this);
  }

  @Override
  public Tensor slice(int axis, long from, long to) {
    long[] result = Shapes.slice(shape, axis, from, to);
    return same("Slice", result, one(from), one(to), one(Shapes.axis("slice", axis, shape)));
  }

  @Override
  public Tensor expand(long... to) {
    if (Arrays.equals(shape, to)) {
      return this;
    }
    return same("Expand", Shapes.expand(shape, to), graph.longs(to, to.length));
  }

  @Override
  public Tensor gather(Tensor indices) {
    OnnxTensor at = graph.own(indices);
    at.requireType("gather", DataType.INT);
    return graph.node(
        "Gather", type, Shapes.gather(shape, at.shape), List.of(attribute("axis", 0)), this, at);
  }

  @Override
  public Tensor put(int axis, Tensor index, Tensor slice) {
    Shapes.put(shape, axis, index.shape(), slice.shape());
    int along = Shapes.axis("put", axis, shape);
    long[] positions = new long[shape.length];
    Arrays.fill(positions, 1);
    positions[along] = shape[along];
    int[] counting = new int[Math.toIntExact(shape[along])];
    Arrays.setAll(counting, i -> i);
    return graph.constant(counting, positions).equal(index).where(slice, this);
  }

  @Override
  public Tensor equal(Tensor other) {
    return pair("Equal", DataType.INT, DataType.BOOL, other);
  }

  @Override
  public Tensor less(Tensor other) {
    if (type == DataType.BOOL) {
      requireType("Less", DataType.FLOAT);
    }
    return pair("Less", type, DataType.BOOL, other);
  }

  @Override
  public Tensor and(Tensor other) {
    return pair("And", DataType.BOOL, DataType.BOOL, other);
  }

  @Override
  public Tensor or(Tensor other) {
    return pair("Or", DataType.BOOL, DataType.BOOL, other);
  }

  @Override
  public Tensor not() {
    requireType("not", DataType.BOOL);
    return graph.node("Not", DataType.BOOL, shape, List.of(), this);
  }

  @Override
  public Tensor where(Tensor then, Tensor otherwise) {
    requireType("where", DataType.BOOL);
    if (then.type() == DataType.BOOL) {
      // ONNX Runtime has no Where for booleans on the CPU
      return and(then).or(not().and(otherwise));
    }
    OnnxTensor a = graph.own(then);
    OnnxTensor b = graph.own(otherwise);
    b.requireType("where", a.type);
    long[] result = Shapes.broadcast("where", Shapes.broadcast("where", shape, a.shape), b.shape);
    return graph.node("Where", a.type, result, List.of(), this, a, b);
  }

  @Override
  public Tensor toFloat() {
    return graph.node(
        "Cast", DataType.FLOAT, shape, List.of(attribute("to", OnnxFormat.FLOAT)), this);
  }

  void requireType(String operation, DataType wanted) {
    if (type != wanted) {
      throw new IllegalArgumentException(
          "%s: %s of type %s, must be %s"
              .formatted(operation, Arrays.toString(shape), type, wanted));
    }
  }

  private Tensor pair(String operator, DataType in, DataType out, Tensor other) {
    requireType(operator, in);
    OnnxTensor right = graph.own(other);
    right.requireType(operator, in);
    long[] result = Shapes.broadcast(operator, shape, right.shape);
    return graph.node(operator, out, result, List.of(), this, right);
  }

  /** A node on floats that gives floats. */
  private OnnxTensor floats(
      String operator, long[] result, List<Message> attributes, OnnxTensor... sources) {
    requireType(operator, DataType.FLOAT);
    return graph.node(operator, DataType.FLOAT, result, attributes, sources);
  }

  /** A node that moves elements and leaves them as they are; the rest are its parameters. */
  private Tensor same(String operator, long[] result, OnnxTensor... parameters) {
    OnnxTensor[] sources = new OnnxTensor[parameters.length + 1];
    sources[0] = this;
    System.arraycopy(parameters, 0, sources, 1, parameters.length);
    return graph.node(operator, type, result, List.of(), sources);
  }

  private OnnxTensor scalar(double value) {
    return graph.own(graph.constant(new float[] {(float) value}));
  }

  private OnnxTensor one(long value) {
    return graph.longs(new long[] {value}, 1);
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }
}
