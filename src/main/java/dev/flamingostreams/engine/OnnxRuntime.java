package dev.flamingostreams.engine;

import java.nio.file.Path;

/**
 * ONNX Runtime on the CPU.
 *
 * @param weights the directory of the files that graphs point into
 * @param size with which a model is run one way or another
 */
record OnnxRuntime(String version, Path weights, WeightSize size) implements GraphRuntime {
  private static final int MOST_OPEN = 32;

  /** Each may hold weights of its own, where they are stored in another type. */
  private static final int MOST_OPEN_LARGE = 6;

  /** Loads ONNX Runtime; the first call of a JVM decides how many threads there are. */
  static OnnxRuntime start(int threads, Path weights, WeightSize size) {
    return new OnnxRuntime(Djl.start(threads), weights, size);
  }

  @Override
  public GraphSizes sizes() {
    return new GraphSizes.OnDemand(size.framesAtOnce());
  }

  @Override
  public int mostOpen() {
    return size.isLarge() ? MOST_OPEN_LARGE : MOST_OPEN;
  }

  /** Large weights are not copied into the layout that computes fastest. */
  @Override
  public GraphSession open(Graph graph) {
    return OnnxSession.open(graph, weights, !size.isLarge());
  }
}
