package dev.flamingostreams.engine;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * ONNX Runtime, given other graphs than those that it is asked for.
 *
 * @param rounding gives the content of another {@code .onnx} file
 * @param rounded the names of the graphs that are
 */
record HalfRuntime(OnnxRuntime runtime, UnaryOperator<byte[]> rounding, Set<String> rounded)
    implements GraphRuntime {

  @Override
  public String version() {
    return runtime.version();
  }

  @Override
  public GraphSizes sizes() {
    return runtime.sizes();
  }

  @Override
  public int mostOpen() {
    return runtime.mostOpen();
  }

  @Override
  public GraphSession open(Graph graph) {
    return runtime.open(
        rounded.contains(graph.name())
            ? new Graph(
                graph.name(),
                graph.shape(),
                graph.inputs(),
                rounding.apply(graph.onnx()),
                graph.arrayBytes())
            : graph);
  }
}
