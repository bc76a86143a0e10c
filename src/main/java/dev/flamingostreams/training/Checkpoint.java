package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a run stands: weights, moments of the optimiser, the stage and its step, in one file. */
final class Checkpoint {
  private static final String MEAN = "adam.mean.";
  private static final String VARIANCE = "adam.variance.";

  private final Path file;

  Checkpoint(Path file) {
    this.file = file;
  }

  /** A stage and the steps done of it. */
  record Position(String stage, int step) {}

  void write(Position position, TorchWeights weights, AdamW optimiser) throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter()
            .metadata("stage", position.stage)
            .metadata("step", Integer.toString(position.step));
    add(writer, "", weights.all());
    add(writer, MEAN, optimiser.means());
    add(writer, VARIANCE, optimiser.variances());
    writer.write(file);
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Fills weights and optimiser from the file. */
  Position read(TorchWeights weights, AdamW optimiser) {
    Safetensors stored = Safetensors.open(file);
    for (StoredTensor tensor : stored.tensors()) {
      String name = tensor.name();
      float[] values = stored.floats(name);
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      if (name.startsWith(MEAN)) {
        put(optimiser, optimiser.means(), name.substring(MEAN.length()), values, shape);
      } else if (name.startsWith(VARIANCE)) {
        put(optimiser, optimiser.variances(), name.substring(VARIANCE.length()), values, shape);
      } else {
        weights.put(name, values, shape);
      }
    }
    Map<String, String> metadata = stored.metadata();
    String step = metadata.getOrDefault("step", "0");
    return new Position(metadata.getOrDefault("stage", ""), Integer.parseInt(step));
  }

  private static void put(
      AdamW optimiser, Map<String, NDArray> into, String name, float[] values, long... shape) {
    into.put(name, optimiser.manager().create(values, new Shape(shape)));
  }

  static void add(SafetensorsWriter writer, String prefix, Map<String, NDArray> arrays) {
    arrays.forEach(
        (name, array) ->
            writer.tensor(
                prefix + name, StoredType.F32, array.getShape().getShape(), array::toFloatArray));
  }
}
