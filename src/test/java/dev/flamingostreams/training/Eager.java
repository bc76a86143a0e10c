package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.Map;

/** The libtorch backend for tests of other packages: the oracle of what graphs compute. */
public final class Eager implements AutoCloseable {
  private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
  private final TorchBackend backend = new TorchBackend(manager);

  public Backend backend() {
    return backend;
  }

  public Weights weights(Map<String, float[]> values) {
    return (name, shape) -> backend.constant(values.getOrDefault(name, new float[0]), shape);
  }

  public float[] floats(Tensor tensor) {
    return array(tensor).toFloatArray();
  }

  public int[] ints(Tensor tensor) {
    return array(tensor).toIntArray();
  }

  private static NDArray array(Tensor tensor) {
    return TorchTensor.array(tensor);
  }

  @Override
  public void close() {
    manager.close();
  }
}
