package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A graph that computes on the CPU what an engine in half precision would: what is to be half is
 * rounded after the node that gives it, so that it overflows where a half would, and so are weights
 * that halves are computed from. Sums within a node are of floats, as those of tensor cores.
 */
public final class HalfGraph {
  private static final int MODEL_GRAPH = 7;
  private static final int NODES = 1;
  private static final int INITIALIZERS = 5;
  private static final int INPUTS = 11;
  private static final int NODE_INPUTS = 1;
  private static final int NODE_ATTRIBUTES = 5;
  private static final int ATTRIBUTE_GRAPH = 6;

  /** How an engine would compute a graph. */
  public interface Plan {
    /** Whether it computes a node in single precision, or moves floats by it. */
    boolean single(GraphNode node);

    /** Whether a node gives other values than it is given. */
    boolean computes(GraphNode node);
  }

  private final Set<String> single = new HashSet<>(); // outputs of nodes in single precision
  private final Set<String> floats = new HashSet<>(); // may be read as they are
  private final Set<String> rounded = new HashSet<>(); // have a second value, rounded

  private HalfGraph(List<GraphNode> nodes, Plan plan) {
    for (GraphNode node : nodes) {
      List<String> real = GraphNode.real(node.outputs());
      boolean givesFloats = plan.single(node);
      boolean givesOthers = plan.computes(node) || GraphNode.real(node.inputs()).isEmpty();
      if (givesFloats) {
        node.outputs().forEach(output -> single.add(output.name()));
      }
      if (givesFloats || node.operator().equals(GraphNode.INITIALIZER)) {
        floats.addAll(real);
      }
      if (givesFloats || givesOthers) {
        rounded.addAll(real);
      }
    }
  }

  /**
   * The content of an {@code .onnx} file.
   *
   * @param model the same of a graph that {@link TensorRtForms} takes
   */
  public static byte[] of(byte[] model, Function<List<GraphNode>, Plan> planner) {
    ByteString bytes = ByteString.copyFrom(model);
    Fields graph = Fields.of(bytes).message(MODEL_GRAPH);
    List<GraphNode> nodes = GraphNodes.of(graph);
    HalfGraph half = new HalfGraph(nodes, planner.apply(nodes));
    for (Fields input : graph.messages(INPUTS)) {
      GraphNode.Value value = GraphNode.Value.of(GraphValue.declared(input, 0));
      half.floats.addAll(GraphNode.real(List.of(value)));
      half.rounded.addAll(GraphNode.real(List.of(value)));
    }
    return replace(bytes, MODEL_GRAPH, half::graph).toByteArray();
  }

  private ByteString graph(ByteString graph) {
    Fields fields = Fields.of(graph);
    List<ByteString> nodes = new ArrayList<>();
    fields.messages(INITIALIZERS).forEach(tensor -> round(tensor.text(8), nodes));
    fields.messages(INPUTS).forEach(input -> round(input.text(1), nodes));
    for (ByteString node : data(graph, NODES)) {
      nodes.add(node(node));
      Node.of(Fields.of(node)).outputs().forEach(output -> round(output, nodes));
    }
    return with(graph, NODES, nodes);
  }

  private void round(String value, List<ByteString> nodes) {
    if (rounded.contains(value)) {
      nodes.add(cast(value, value + "_16", OnnxFormat.FLOAT16));
      nodes.add(cast(value + "_16", half(value), OnnxFormat.FLOAT));
    }
  }

  private static String half(String value) {
    return value + "_half";
  }

  private static ByteString cast(String from, String to, int type) {
    List<Message> attributes = List.of(OnnxFormat.attribute("to", type));
    return OnnxFormat.node(to, "Cast", List.of(from), List.of(to), attributes).toByteString();
  }

  private ByteString node(ByteString bytes) {
    Node node = Node.of(Fields.of(bytes));
    if (!node.operator().equals("Loop")) {
      boolean asFloats = single.contains(node.outputs().get(0));
      List<ByteString> inputs = new ArrayList<>();
      node.inputs().forEach(input -> inputs.add(read(input, asFloats)));
      return with(bytes, NODE_INPUTS, inputs);
    }
    List<ByteString> inputs = new ArrayList<>(data(bytes, NODE_INPUTS).subList(0, 2));
    for (int i = 0; i < node.outputs().size(); i++) {
      boolean asFloats = single.contains(node.outputs().get(i));
      inputs.add(read(node.inputs().get(i + 2), asFloats));
    }
    ByteString loop = with(bytes, NODE_INPUTS, inputs);
    return replace(loop, NODE_ATTRIBUTES, body -> replace(body, ATTRIBUTE_GRAPH, this::graph));
  }

  private ByteString read(String value, boolean asFloats) {
    boolean half = rounded.contains(value) && !(asFloats && floats.contains(value));
    return ByteString.copyFromUtf8(half ? half(value) : value);
  }

  private static ByteString replace(
      ByteString message, int field, Function<ByteString, ByteString> edit) {
    return with(message, field, data(message, field).stream().map(edit).toList());
  }

  private static List<ByteString> data(ByteString message, int field) {
    return parse(message).getField(field).getLengthDelimitedList();
  }

  private static ByteString with(ByteString message, int field, List<ByteString> values) {
    UnknownFieldSet.Field.Builder all = UnknownFieldSet.Field.newBuilder();
    values.forEach(all::addLengthDelimited);
    UnknownFieldSet.Builder edited = parse(message).toBuilder().clearField(field);
    return edited.addField(field, all.build()).build().toByteString();
  }

  private static UnknownFieldSet parse(ByteString message) {
    try {
      return UnknownFieldSet.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an ONNX graph: " + e.getMessage(), e);
    }
  }
}
