package dev.flamingostreams.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.nio.file.Path;

/**
 * ONNX Runtime.
 *
 * @param device the CPU, or a GPU through CUDA
 * @param weights the directory of the files that graphs point into
 * @param size with which a model is run one way or another
 */
record OnnxRuntime(String version, Device device, Path weights, WeightSize size)
    implements GraphRuntime {
  private static final int MOST_OPEN = 32;

  /** Each may hold weights of its own, where they are stored in another type. */
  private static final int MOST_OPEN_LARGE = 6;

  /** On the CPU: the first call of a JVM loads it and decides how many threads there are. */
  static OnnxRuntime start(int threads, Path weights, WeightSize size) {
    return start(threads, weights, size, Processor.ANY);
  }

  /** On a processor; a {@link GpuException} says why the GPU cannot be used. */
  static OnnxRuntime start(int threads, Path weights, WeightSize size, Processor processor) {
    String version = "onnxruntime " + Djl.startOnnxRuntime(threads);
    if (processor.kind() != Processor.Kind.CUDA) {
      return new OnnxRuntime(version + " cpu", Device.cpu(), weights, size);
    }
    OnnxCuda.check(processor.index());
    return new OnnxRuntime(version + " " + processor, Device.gpu(processor.index()), weights, size);
  }

  @Override
  public GraphSizes sizes() {
    return new GraphSizes.OnDemand(size.framesAtOnce(), size.clipsAtOnce());
  }

  @Override
  public int mostOpen() {
    return size.isLarge() ? MOST_OPEN_LARGE : MOST_OPEN;
  }

  /** Large weights are not copied into the layout that computes fastest. */
  @Override
  public GraphSession open(Graph graph) {
    try {
      return OnnxSession.open(graph, device, weights, !size.isLarge());
    } catch (EngineException | UnsatisfiedLinkError e) {
      if (device.isGpu()) {
        throw new GpuException(
            "ONNX Runtime cannot use %s: %s; build the distribution with mvn -Pcuda package"
                .formatted(device, e.getMessage()),
            e);
      }
      throw e;
    }
  }
}
