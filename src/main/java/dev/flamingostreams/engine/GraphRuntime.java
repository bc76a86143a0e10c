package dev.flamingostreams.engine;

import java.util.List;

/** What runs the graphs of one model: ONNX Runtime, or TensorRT. */
interface GraphRuntime {

  /** Such as {@code onnxruntime 1.21.1 cpu}. */
  String version();

  /** What the graphs are to be made for. */
  GraphSizes sizes();

  /** Whether it can go on with smaller sizes than those of a graph that does not fit. */
  default boolean shrink(Graph tooLarge) {
    return false;
  }

  /** Where memory does not hold a graph of some size, the work is done with smaller ones. */
  default void withinMemory(Runnable work) {
    while (true) {
      try {
        work.run();
        return;
      } catch (OutOfGpuMemoryException e) {
        if (!shrink(e.graph())) {
          throw e;
        }
      }
    }
  }

  /** Graphs that may be open at once. */
  int mostOpen();

  /** Makes ready what it would take minutes to open. */
  default void prepare(List<Graph> graphs) {}

  /** A {@link dev.flamingostreams.checkpoints.ModelException} of one line says why it refuses. */
  GraphSession open(Graph graph);
}
