package dev.flamingostreams.onnx;

import java.util.List;

/**
 * A node of a graph or of a loop's body; also an initializer, and a state's way into a loop and out
 * of it, which have operators of their own here.
 */
public record GraphNode(String name, String operator, List<Value> inputs, List<Value> outputs) {
  public static final String INITIALIZER = "Initializer";
  public static final String LOOP_STATE = "LoopState"; // first and next values to the body's
  public static final String LOOP_RESULT = "LoopResult";

  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A value by its name.
   *
   * @param real whether it consists of real numbers
   */
  public record Value(String name, boolean real, int rank) {
    static Value of(GraphValue value) {
      boolean real = value.type() == ElementType.FP32 || value.type() == ElementType.FP16;
      return new Value(value.name(), real, value.rank());
    }
  }

  /** The names of the real ones. */
  public static List<String> real(List<Value> values) {
    return values.stream().filter(Value::real).map(Value::name).toList();
  }
}
