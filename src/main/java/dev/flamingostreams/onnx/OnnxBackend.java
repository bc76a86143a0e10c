package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Records operations as one ONNX graph. A node is put into the innermost graph that one of its
 * inputs comes from, so what a loop's body computes from outer values alone is computed once,
 * before the loop.
 */
public final class OnnxBackend implements Backend {
  private final String name;
  private final Scope root = new Scope(null);
  private final Map<String, Message> initializers = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<Message> inputs = new ArrayList<>();
  private final List<String> inputNames = new ArrayList<>();
  private final List<Message> outputs = new ArrayList<>();
  private final Map<ByteString, OnnxTensor> constants = new LinkedHashMap<>();
  private final Map<String, Supplier<float[]>> halves = new HashMap<>();
  private Scope current = root;
  private int count;
  private long arrayElements;

  /** Begins a graph of that name. */
  public OnnxBackend(String name) {
    this.name = name;
  }

  /** An input of the graph. */
  public Tensor input(String input, DataType type, long... shape) {
    inputs.add(OnnxFormat.value(input, OnnxFormat.elementType(type), shape));
    inputNames.add(input);
    arrayElements += Shapes.size(shape);
    return new OnnxTensor(this, root, input, type, shape.clone());
  }

  /** Names of the inputs, in order. */
  public List<String> inputs() {
    return List.copyOf(inputNames);
  }

  /** Elements of all inputs and outputs together. */
  public long arrayElements() {
    return arrayElements;
  }

  /** Names a tensor as an output of the graph. */
  public void output(String output, Tensor tensor) {
    OnnxTensor source = own(tensor);
    used.add(source.name());
    root.add(
        OnnxFormat.node(output, "Identity", List.of(source.name()), List.of(output), List.of()));
    outputs.add(OnnxFormat.value(output, OnnxFormat.elementType(source.type()), source.shape()));
    arrayElements += Shapes.size(source.shape());
  }

  /** The graph as the content of an {@code .onnx} file. */
  public byte[] toByteArray() {
    List<Message> needed = new ArrayList<>();
    initializers.forEach(
        (id, tensor) -> {
          if (used.contains(id)) {
            needed.add(tensor);
          }
        });
    Message graph = OnnxFormat.graph(name, root.nodes(), needed, inputs, outputs);
    return OnnxFormat.model(graph).toByteString().toByteArray();
  }

  @Override
  public Tensor constant(float[] values, long... shape) {
    ByteBuffer data = buffer(values.length, Float.BYTES);
    data.asFloatBuffer().put(values);
    return constant(DataType.FLOAT, OnnxFormat.FLOAT, values.length, data, shape);
  }

  @Override
  public Tensor constant(int[] values, long... shape) {
    ByteBuffer data = buffer(values.length, Integer.BYTES);
    data.asIntBuffer().put(values);
    return constant(DataType.INT, OnnxFormat.INT32, values.length, data, shape);
  }

  /** Numbers that operators take for shapes and axes, always 64 bits wide. */
  OnnxTensor longs(long[] values, long... shape) {
    ByteBuffer data = buffer(values.length, Long.BYTES);
    data.asLongBuffer().put(values);
    return constant(DataType.INT, OnnxFormat.INT64, values.length, data, shape);
  }

  private static ByteBuffer buffer(int count, int each) {
    return ByteBuffer.allocate(Math.multiplyExact(count, each)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private OnnxTensor constant(
      DataType type, int elementType, int count, ByteBuffer data, long... shape) {
    if (Shapes.size(shape) != count) {
      throw new IllegalArgumentException(
          "constant: %d values for shape %s".formatted(count, Arrays.toString(shape)));
    }
    ByteString bytes = ByteString.copyFrom(data);
    ByteString key = OnnxFormat.tensor("", elementType, shape, bytes).toByteString();
    return constants.computeIfAbsent(
        key,
        absent -> {
          String id = newName("constant");
          return initializer(OnnxFormat.tensor(id, elementType, shape, bytes), id, type, shape);
        });
  }

  OnnxTensor initializer(Message tensor, String id, DataType type, long... shape) {
    initializers.put(id, tensor);
    return new OnnxTensor(this, root, id, type, shape);
  }

  /** Says where the values of a weight are that is stored in half precision. */
  void half(OnnxTensor weight, Supplier<float[]> values) {
    halves.put(weight.name(), values);
  }

  /** The same as an initializer of floats, if it is a weight in half precision. */
  OnnxTensor plain(Tensor tensor) {
    OnnxTensor own = own(tensor);
    Supplier<float[]> values = halves.get(own.name());
    return values == null ? own : own(constant(values.get(), own.shape()));
  }

  String newName(String hint) {
    return hint + "_" + count++;
  }

  @Override
  public Tensor concat(List<Tensor> parts, int axis) {
    long[] shape = Shapes.concat(parts.stream().map(Tensor::shape).toList(), axis);
    OnnxTensor[] sources = parts.stream().map(this::own).toArray(OnnxTensor[]::new);
    for (OnnxTensor source : sources) {
      source.requireType("concat", sources[0].type());
    }
    long along = Shapes.axis("concat", axis, shape);
    return node(
        "Concat", sources[0].type(), shape, List.of(OnnxFormat.attribute("axis", along)), sources);
  }

  /** Adds a node with one output. */
  OnnxTensor node(
      String operator,
      DataType type,
      long[] shape,
      List<Message> attributes,
      OnnxTensor... sources) {
    return nodes(operator, List.of(type), shape, attributes, sources).get(0);
  }

  /** Adds a node with an output of each of these types, all of one shape. */
  List<OnnxTensor> nodes(
      String operator,
      List<DataType> types,
      long[] shape,
      List<Message> attributes,
      OnnxTensor... sources) {
    Scope scope = root;
    for (OnnxTensor source : sources) {
      scope = scope.inner(source.scope());
    }
    return nodes(scope, operator, types, shape, attributes, sources);
  }

  private List<OnnxTensor> nodes(
      Scope scope,
      String operator,
      List<DataType> types,
      long[] shape,
      List<Message> attributes,
      OnnxTensor... sources) {
    List<String> from = Arrays.stream(sources).map(OnnxTensor::name).toList();
    used.addAll(from);
    List<OnnxTensor> results =
        types.stream()
            .map(type -> new OnnxTensor(this, scope, newName(operator), type, shape))
            .toList();
    List<String> to = results.stream().map(OnnxTensor::name).toList();
    scope.add(OnnxFormat.node(to.get(0), operator, from, to, attributes));
    return results;
  }

  @Override
  public List<Tensor> loop(int maxSteps, List<Tensor> state, Body body) {
    List<OnnxTensor> initial = state.stream().map(this::own).toList();
    Scope outer = current;
    Scope inner = new Scope(outer);
    current = inner;
    Message graph = body(inner, initial, body);
    inner.close();
    current = outer;
    return loop(outer, maxSteps, initial, graph);
  }

  private List<Tensor> loop(Scope scope, int maxSteps, List<OnnxTensor> initial, Message graph) {
    String id = newName("Loop");
    List<String> from = new ArrayList<>();
    from.add(longs(new long[] {maxSteps}).name());
    from.add(yes().name());
    List<String> to = new ArrayList<>();
    List<Tensor> results = new ArrayList<>();
    for (OnnxTensor start : initial) {
      String result = newName(id);
      from.add(start.name());
      to.add(result);
      results.add(new OnnxTensor(this, scope, result, start.type(), start.shape()));
    }
    used.addAll(from);
    scope.add(OnnxFormat.node(id, "Loop", from, to, List.of(OnnxFormat.attribute("body", graph))));
    return results;
  }

  private OnnxTensor yes() {
    ByteString one = ByteString.copyFrom(new byte[] {1});
    String id = newName("true");
    return initializer(OnnxFormat.tensor(id, OnnxFormat.BOOL, new long[0], one), id, DataType.BOOL);
  }

  /** The subgraph of a loop: step number, condition and state to condition and state. */
  private Message body(Scope scope, List<OnnxTensor> initial, Body body) {
    List<Message> ins = new ArrayList<>();
    OnnxTensor number = new OnnxTensor(this, scope, newName("step"), DataType.INT);
    ins.add(OnnxFormat.value(number.name(), OnnxFormat.INT64));
    ins.add(OnnxFormat.value(newName("proceed"), OnnxFormat.BOOL));
    List<Tensor> state = new ArrayList<>();
    for (OnnxTensor start : initial) {
      OnnxTensor in = new OnnxTensor(this, scope, newName("state"), start.type(), start.shape());
      ins.add(in.value());
      state.add(in);
    }
    OnnxTensor zero = longs(new long[] {0}, 1);
    OnnxTensor step =
        node("Unsqueeze", DataType.INT, new long[] {1}, List.of(), number.int32(), zero);
    Step next = body.run(step, state);
    List<Message> outs = new ArrayList<>();
    OnnxTensor proceed = own(next.proceed());
    proceed.requireType("loop", DataType.BOOL);
    long[] scalar = Shapes.reshape(proceed.shape(), new long[0]);
    outs.add(inside(scope, "Squeeze", scalar, proceed, zero).value());
    if (next.state().size() != initial.size()) {
      throw new IllegalArgumentException(
          "loop: %d state tensors become %d".formatted(initial.size(), next.state().size()));
    }
    for (int i = 0; i < initial.size(); i++) {
      outs.add(result(scope, initial.get(i), own(next.state().get(i))).value());
    }
    return OnnxFormat.graph(newName("body"), scope.nodes(), List.of(), ins, outs);
  }

  /** An output of the body must be made in the body, once. */
  private OnnxTensor result(Scope scope, OnnxTensor before, OnnxTensor after) {
    after.requireType("loop", before.type());
    if (!Arrays.equals(before.shape(), after.shape())) {
      throw Shapes.mismatch("loop", before.shape(), after.shape());
    }
    return inside(scope, "Identity", after.shape(), after);
  }

  /** A node of that scope, wherever its sources come from; its type is the first one's. */
  private OnnxTensor inside(Scope scope, String operator, long[] shape, OnnxTensor... sources) {
    return nodes(scope, operator, List.of(sources[0].type()), shape, List.of(), sources).get(0);
  }

  OnnxTensor own(Tensor tensor) {
    if (tensor instanceof OnnxTensor onnx && onnx.backend() == this) {
      return onnx;
    }
    throw new IllegalArgumentException("a tensor of another graph or backend: " + tensor);
  }
}
