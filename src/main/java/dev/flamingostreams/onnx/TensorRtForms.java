package dev.flamingostreams.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether TensorRT 8.6 takes a graph: operators, element types, initializers and ranks of {@code
 * tensorrt-8.6.csv}; static shapes; 64-bit integers nowhere but in parameters and straight before a
 * Cast; loops with state of fixed shape and no scan outputs.
 */
public final class TensorRtForms {
  private static final int MOST_RANK = 8;
  private static final int NEWEST_OPSET = 17;
  private static final Map<String, TensorRtOperator> TABLE = TensorRtOperator.table();

  private final Map<String, GraphValue> values = new HashMap<>();

  private TensorRtForms() {}

  /**
   * Reads a whole graph.
   *
   * @param model the content of an {@code .onnx} file
   * @throws IllegalArgumentException if TensorRT does not take it: one line that names the node or
   *     the weight, and why
   */
  public static void check(byte[] model) {
    Fields fields = Fields.of(ByteString.copyFrom(model));
    for (Fields opset : fields.messages(8)) {
      if (!opset.text(1).isEmpty() || opset.integer(2) > NEWEST_OPSET) {
        throw refused("opset " + opset.text(1) + opset.integer(2), "it knows up to 17");
      }
    }
    Fields graph = fields.message(7);
    TensorRtForms forms = new TensorRtForms();
    graph.messages(11).forEach(input -> forms.define(forms.declared(input, 0)));
    forms.graph(graph, 0);
  }

  private void graph(Fields graph, int depth) {
    graph.messages(5).forEach(tensor -> define(initializer(tensor)));
    for (Fields node : graph.messages(1)) {
      node(Node.of(node), depth);
    }
    for (Fields output : graph.messages(12)) {
      GraphValue said = declared(output, depth);
      GraphValue made = values.get(said.name());
      if (made == null || made.type() != said.type() || made.rank() != said.rank()) {
        throw refused("output " + said.name(), "it is " + made + " but declared " + said);
      }
    }
  }

  private static GraphValue initializer(Fields tensor) {
    GraphValue value = GraphValue.initializer(tensor);
    if (value.type() == ElementType.BF16 || value.type() == ElementType.OTHER) {
      throw refused(
          "weight " + value.name(),
          "it is stored as %s; store the model's weights as F16 or F32".formatted(value.type()));
    }
    for (long integer : value.integers()) {
      if (integer != (int) integer) {
        throw refused("constant " + value.name(), integer + " does not fit in 32 bits");
      }
    }
    return value;
  }

  private GraphValue declared(Fields value, int depth) {
    GraphValue said = GraphValue.declared(value, depth);
    if (GraphValue.shape(value).stream().anyMatch(size -> size < 1)) {
      throw refused("value " + said.name(), "its shape is not fixed");
    }
    return said;
  }

  private void define(GraphValue value) {
    if (value.rank() > MOST_RANK) {
      throw refused("value " + value.name(), "it has %d dimensions".formatted(value.rank()));
    }
    if (values.put(value.name(), value) != null) {
      throw refused("value " + value.name(), "it is defined twice");
    }
  }

  private void node(Node node, int depth) {
    TensorRtOperator form = TABLE.get(node.operator());
    if (form == null) {
      throw node.refused("it has no such operator");
    }
    for (String attribute : node.attributes().keySet()) {
      if (!form.attributes().contains(attribute)) {
        throw node.refused("attribute " + attribute);
      }
    }
    List<GraphValue> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      GraphValue input = values.get(name);
      if (input == null) {
        // it sorts nodes without looking into loops, so what a body uses must come before the loop
        throw node.refused("input " + name + " does not come before it");
      }
      inputs.add(input);
    }
    NodeForm checked = new NodeForm(node, form, inputs);
    checked.check();
    if (form.rank().equals("loop")) {
      loop(node, inputs, depth);
    } else {
      checked.outputs().forEach(this::define);
    }
  }

  private void loop(Node node, List<GraphValue> inputs, int depth) {
    Fields body = node.graph("body");
    List<Fields> ins = body.messages(11);
    List<Fields> outs = body.messages(12);
    int states = inputs.size() - 2;
    if (ins.size() != states + 2 || outs.size() != states + 1 || node.outputs().size() != states) {
      throw node.refused("a loop with scan outputs, or state that comes or goes");
    }
    Set<String> outside = Set.copyOf(values.keySet());
    ins.forEach(in -> define(declared(in, depth + 1)));
    graph(body, depth + 1);
    changes(node, outs.get(0), depth);
    if (!GraphValue.shape(outs.get(0)).isEmpty()) {
      throw node.refused("its condition is no scalar");
    }
    for (int i = 0; i < states; i++) {
      state(node, inputs.get(i + 2), ins.get(i + 2), outs.get(i + 1));
      changes(node, outs.get(i + 1), depth);
    }
    values.keySet().retainAll(outside);
    for (int i = 0; i < states; i++) {
      GraphValue start = inputs.get(i + 2);
      define(GraphValue.computed(node.outputs().get(i), start.type(), start.rank(), depth));
    }
  }

  private static void state(Node node, GraphValue start, Fields in, Fields out) {
    GraphValue before = GraphValue.declared(in, 0);
    GraphValue after = GraphValue.declared(out, 0);
    boolean kept =
        start.type() == before.type()
            && start.rank() == before.rank()
            && before.type() == after.type()
            && GraphValue.shape(in).equals(GraphValue.shape(out));
    if (!kept) {
      throw node.refused("state %s becomes another type or shape".formatted(before.name()));
    }
  }

  /** What goes round a loop must have been made in it. */
  private void changes(Node node, Fields out, int depth) {
    GraphValue made = values.get(out.text(1));
    if (made == null || made.depth() <= depth) {
      throw node.refused("%s does not change with the loop".formatted(out.text(1)));
    }
  }

  private static IllegalArgumentException refused(String what, String why) {
    return new IllegalArgumentException("TensorRT 8.6 does not take %s: %s".formatted(what, why));
  }
}
