package dev.flamingostreams.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node beside its line of the table: whether it fits, and what it gives. */
final class NodeForm {
  private final Node node;
  private final TensorRtOperator form;
  private final List<GraphValue> inputs;
  private @Nullable ElementType shared; // of the inputs that are T

  NodeForm(Node node, TensorRtOperator form, List<GraphValue> inputs) {
    this.node = node;
    this.form = form;
    this.inputs = inputs;
  }

  void check() {
    if (inputs.size() < Math.max(1, form.leastInputs())) {
      throw node.refused("it has %d inputs".formatted(inputs.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      checkInput(i, inputs.get(i));
    }
    int rank = inputs.get(0).rank();
    if (rank < form.leastRank() || rank > form.mostRank()) {
      throw node.refused(
          "input %s has %d dimensions, must have %d to %d"
              .formatted(inputs.get(0).name(), rank, form.leastRank(), form.mostRank()));
    }
    for (long value : inputs.get(inputs.size() - 1).integers()) {
      if (value > form.most()) {
        throw node.refused("%d is more than %d".formatted(value, form.most()));
      }
    }
  }

  private void checkInput(int place, GraphValue input) {
    Set<ElementType> wanted = wanted(form.input(place));
    if (!wanted.contains(input.type())) {
      throw node.refused(
          "input %s is %s, must be %s".formatted(input.name(), input.type(), listed(wanted)));
    }
    if (form.input(place).equals("T")) {
      shared = input.type();
    }
    if (form.wantsInitializer(place) && !input.isInitializer()) {
      throw node.refused("input %s must be an initializer".formatted(input.name()));
    }
  }

  /** The first input that is T decides for all. */
  private Set<ElementType> wanted(String word) {
    return switch (word) {
      case "" -> Set.of();
      case "T" -> shared == null ? form.types() : Set.of(shared);
      case "each" -> form.types();
      default -> Set.of(ElementType.valueOf(word));
    };
  }

  private static String listed(Set<ElementType> types) {
    return types.isEmpty()
        ? "left out"
        : types.stream().map(Enum::name).collect(Collectors.joining(" or "));
  }

  /** What a node gives that is no loop. */
  List<GraphValue> outputs() {
    int depth = inputs.stream().mapToInt(GraphValue::depth).max().orElse(0);
    if (node.outputs().size() > form.outputs().size()) {
      throw node.refused("it has %d outputs".formatted(node.outputs().size()));
    }
    List<GraphValue> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      ElementType type = given(form.outputs().get(i));
      outputs.add(GraphValue.computed(node.outputs().get(i), type, rank(), depth));
    }
    return outputs;
  }

  private ElementType given(String word) {
    if (word.equals("T") && shared != null) {
      return shared;
    }
    return word.equals("to") ? to() : ElementType.valueOf(word);
  }

  private ElementType to() {
    ElementType type = ElementType.of(node.integer("to", 0));
    if (!form.types().contains(type) || type == ElementType.INT64) {
      throw node.refused("it casts to %s".formatted(type));
    }
    return type;
  }

  private int rank() {
    GraphValue first = inputs.get(0);
    return switch (form.rank()) {
      case "first" -> first.rank();
      case "broadcast" ->
          inputs.stream().map(GraphValue::rank).max(Comparator.naturalOrder()).orElse(0);
      case "shape" -> inputs.get(1).integers().size();
      case "gathered" -> first.rank() + inputs.get(1).rank() - 1;
      case "squeezed" -> first.rank() - inputs.get(1).integers().size();
      case "unsqueezed" -> first.rank() + inputs.get(1).integers().size();
      case "reduced" -> node.integer("keepdims", 1) == 1 ? first.rank() : left(first.rank());
      default -> throw new IllegalStateException(form.operator() + ": rank " + form.rank());
    };
  }

  private int left(int rank) {
    if (node.attributes().containsKey("axis")) {
      return rank - 1;
    }
    return node.attributes().containsKey("axes") ? rank - node.count("axes") : 0;
  }
}
