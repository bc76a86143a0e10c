package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.tensor.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The weights in training, by name: made with their initial values when first asked for. */
final class TorchWeights implements AutoCloseable {
  private final NDManager manager;
  private final Initializer initializer;
  private final Map<String, NDArray> arrays = new TreeMap<>();
  private Predicate<String> trained = name -> false;

  TorchWeights(NDManager manager, long seed) {
    this.manager = manager;
    this.initializer = new Initializer(seed);
  }

  /** The weights as tensors whose results belong to that step. */
  Weights in(TorchBackend step) {
    return (name, shape) -> new TorchTensor(step, get(name, shape));
  }

  /** Only weights with these names get gradients from now on. */
  void train(Predicate<String> names) {
    trained = names;
    arrays.forEach((name, array) -> array.setRequiresGradient(names.test(name)));
  }

  void put(String name, float[] values, long... shape) {
    NDArray array = manager.create(values, new Shape(shape));
    array.setRequiresGradient(trained.test(name));
    NDArray old = arrays.put(name, array);
    if (old != null) {
      old.close();
    }
  }

  Map<String, NDArray> all() {
    return Collections.unmodifiableMap(arrays);
  }

  /** Writes those with such names as safetensors. */
  void write(Path file, Predicate<String> names, StoredType type) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    arrays.forEach(
        (name, array) -> {
          if (names.test(name)) {
            writer.tensor(name, type, array.getShape().getShape(), array::toFloatArray);
          }
        });
    writer.write(file);
  }

  /** Those that get gradients, in a map of the caller's own. */
  Map<String, NDArray> trained() {
    Map<String, NDArray> left = new TreeMap<>(arrays);
    left.keySet().removeIf(name -> !isTrained(name));
    return left;
  }

  boolean isTrained(String name) {
    return trained.test(name);
  }

  private NDArray get(String name, long... shape) {
    NDArray array = arrays.get(name);
    if (array == null) {
      put(name, initializer.values(name, shape), shape);
      return get(name, shape);
    }
    if (!Arrays.equals(array.getShape().getShape(), shape)) {
      throw new IllegalArgumentException(
          "weight %s has shape %s, the model wants %s"
              .formatted(name, array.getShape(), new Shape(shape)));
    }
    return array;
  }

  @Override
  public void close() {
    arrays.values().forEach(NDArray::close);
    arrays.clear();
  }
}
