package dev.flamingostreams.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The nodes of a graph and of the loops in it, in one list. */
final class GraphNodes {
  private static final Map<String, TensorRtOperator> TABLE = TensorRtOperator.table();

  private final Map<String, GraphValue> values = new HashMap<>();
  private final List<GraphNode> nodes = new ArrayList<>();

  private GraphNodes() {}

  /** Of a GraphProto that {@link TensorRtForms} takes. */
  static List<GraphNode> of(Fields graph) {
    GraphNodes found = new GraphNodes();
    found.graph(graph);
    return found.nodes;
  }

  private void graph(Fields graph) {
    graph
        .messages(5)
        .forEach(
            tensor -> {
              GraphValue value = GraphValue.initializer(tensor);
              add(value.name(), GraphNode.INITIALIZER, List.of(), List.of(value));
            });
    graph.messages(11).forEach(in -> define(GraphValue.declared(in, 0)));
    graph.messages(1).forEach(node -> node(Node.of(node)));
  }

  private GraphValue define(GraphValue value) {
    values.put(value.name(), value);
    return value;
  }

  private void add(
      String name, String operator, List<GraphValue> inputs, List<GraphValue> outputs) {
    outputs.forEach(this::define);
    nodes.add(
        new GraphNode(
            name,
            operator,
            inputs.stream().map(GraphNode.Value::of).toList(),
            outputs.stream().map(GraphNode.Value::of).toList()));
  }

  private GraphValue value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private void node(Node node) {
    TensorRtOperator form = Objects.requireNonNull(TABLE.get(node.operator()), node.operator());
    List<GraphValue> inputs = node.inputs().stream().map(this::value).toList();
    if (form.rank().equals("loop")) {
      loop(node, inputs);
    } else {
      NodeForm fitting = new NodeForm(node, form, inputs);
      fitting.check();
      add(node.name(), node.operator(), inputs, fitting.outputs());
    }
  }

  /** The step's number and the condition are before the states, and the condition comes out. */
  private void loop(Node node, List<GraphValue> inputs) {
    Fields body = node.graph("body");
    graph(body);
    for (int i = 2; i < inputs.size(); i++) {
      GraphValue first = inputs.get(i);
      GraphValue state = value(body.messages(11).get(i).text(1));
      GraphValue next = value(body.messages(12).get(i - 1).text(1));
      String result = node.outputs().get(i - 2);
      add(state.name(), GraphNode.LOOP_STATE, List.of(first, next), List.of(state));
      add(
          result,
          GraphNode.LOOP_RESULT,
          List.of(state),
          List.of(GraphValue.computed(result, first.type(), first.rank(), 0)));
    }
  }
}
