package dev.flamingostreams.tensorrt;

import dev.flamingostreams.onnx.GraphNode;
import dev.flamingostreams.onnx.HalfGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.tensorrt.global.nvinfer.LayerType;

/**
 * The layers that the ONNX parser of TensorRT 8.6 makes of a graph, as its builtin_op_importers.cpp
 * says, and which of them the plan has in single precision. Opening a builder to have them from
 * itself takes a GPU.
 */
final class ParsedGraph implements HalfGraph.Plan {
  private static final Map<String, LayerType> TYPES =
      Map.ofEntries(
          Map.entry("Add", LayerType.kELEMENTWISE),
          Map.entry("And", LayerType.kELEMENTWISE),
          Map.entry("ArgMax", LayerType.kTOPK),
          Map.entry("Cast", LayerType.kCAST),
          Map.entry("Clip", LayerType.kACTIVATION),
          Map.entry("Concat", LayerType.kCONCATENATION),
          Map.entry("Conv", LayerType.kCONVOLUTION),
          Map.entry("Div", LayerType.kELEMENTWISE),
          Map.entry("Equal", LayerType.kELEMENTWISE),
          Map.entry("Erf", LayerType.kUNARY),
          Map.entry("Expand", LayerType.kSLICE),
          Map.entry("Gather", LayerType.kGATHER),
          Map.entry("Gemm", LayerType.kMATRIX_MULTIPLY),
          Map.entry("Identity", LayerType.kIDENTITY),
          Map.entry("InstanceNormalization", LayerType.kNORMALIZATION),
          Map.entry("LayerNormalization", LayerType.kNORMALIZATION),
          Map.entry("Less", LayerType.kELEMENTWISE),
          Map.entry("MatMul", LayerType.kMATRIX_MULTIPLY),
          Map.entry("Mul", LayerType.kELEMENTWISE),
          Map.entry("Not", LayerType.kUNARY),
          Map.entry("Or", LayerType.kELEMENTWISE),
          Map.entry("ReduceMax", LayerType.kREDUCE),
          Map.entry("ReduceMean", LayerType.kREDUCE),
          Map.entry("Relu", LayerType.kACTIVATION),
          Map.entry("Reshape", LayerType.kSHUFFLE),
          Map.entry("Sigmoid", LayerType.kACTIVATION),
          Map.entry("Slice", LayerType.kSLICE),
          Map.entry("Softmax", LayerType.kSOFTMAX),
          Map.entry("Sqrt", LayerType.kUNARY),
          Map.entry("Squeeze", LayerType.kSHUFFLE),
          Map.entry("Sub", LayerType.kELEMENTWISE),
          Map.entry("Tanh", LayerType.kACTIVATION),
          Map.entry("TopK", LayerType.kTOPK),
          Map.entry("Transpose", LayerType.kSHUFFLE),
          Map.entry("Unsqueeze", LayerType.kSHUFFLE),
          Map.entry("Where", LayerType.kSELECT),
          Map.entry(GraphNode.INITIALIZER, LayerType.kCONSTANT),
          Map.entry(GraphNode.LOOP_STATE, LayerType.kRECURRENCE),
          Map.entry(GraphNode.LOOP_RESULT, LayerType.kLOOP_OUTPUT));

  private final Map<GraphNode, List<FloatTensors.Layer>> layers = new LinkedHashMap<>();
  private final Set<String> floats;

  private ParsedGraph(
      List<GraphNode> nodes, Function<List<FloatTensors.Layer>, Set<String>> planner) {
    nodes.forEach(node -> layers.put(node, layers(node)));
    floats = planner.apply(layers.values().stream().flatMap(Collection::stream).toList());
  }

  /**
   * Applies a plan.
   *
   * @param planner such as {@link FloatTensors#of}
   */
  static ParsedGraph of(
      List<GraphNode> nodes, Function<List<FloatTensors.Layer>, Set<String>> planner) {
    return new ParsedGraph(nodes, planner);
  }

  private static List<FloatTensors.Layer> layers(GraphNode node) {
    List<FloatTensors.Layer> layers = new ArrayList<>();
    if (node.operator().equals("LogSoftmax")) {
      String softmax = node.name() + " softmax";
      String input = node.inputs().get(0).name();
      layers.add(layer(node.name(), LayerType.kSOFTMAX, List.of(input), List.of(softmax)));
      layers.add(layer("", LayerType.kUNARY, List.of(softmax), GraphNode.real(node.outputs())));
      return layers;
    }
    LayerType type = Objects.requireNonNull(TYPES.get(node.operator()), node.operator());
    List<String> inputs = broadcast(node, type, layers);
    layers.add(layer(node.name(), type, inputs, outputs(node)));
    return layers;
  }

  /** Inputs as they are, or with as many dimensions as the one that has most. */
  private static List<String> broadcast(
      GraphNode node, LayerType type, List<FloatTensors.Layer> layers) {
    boolean sameRank =
        switch (type) {
          case kELEMENTWISE, kMATRIX_MULTIPLY, kSELECT, kNORMALIZATION -> true;
          default -> false;
        };
    int rank = node.inputs().stream().mapToInt(GraphNode.Value::rank).max().orElse(0);
    List<String> inputs = new ArrayList<>();
    for (GraphNode.Value input : node.inputs()) {
      if (sameRank && input.rank() < rank) {
        String wide = "%s for %s".formatted(input.name(), node.name());
        List<String> real = input.real() ? List.of(wide) : List.of();
        layers.add(layer("", LayerType.kSHUFFLE, List.of(input.name()), real));
        inputs.add(wide);
      } else {
        inputs.add(input.name());
      }
    }
    return inputs;
  }

  /** An index of the largest comes with the largest, which nobody reads. */
  private static List<String> outputs(GraphNode node) {
    return node.operator().equals("ArgMax")
        ? List.of(node.name() + " values")
        : GraphNode.real(node.outputs());
  }

  private static FloatTensors.Layer layer(
      String name, LayerType type, List<String> inputs, List<String> outputs) {
    return new FloatTensors.Layer(name, type, inputs, outputs);
  }

  private FloatTensors.Layer last(GraphNode node) {
    List<FloatTensors.Layer> all = Objects.requireNonNull(layers.get(node), node.name());
    return all.get(all.size() - 1);
  }

  @Override
  public boolean single(GraphNode node) {
    return last(node).outputs().stream().anyMatch(floats::contains);
  }

  @Override
  public boolean computes(GraphNode node) {
    return last(node).computes();
  }
}
