package dev.flamingostreams.onnx;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a graph that stay where they are, in a safetensors file. The engine that loads the
 * graph is told the file's directory.
 */
public final class OnnxWeights implements Weights {
  private final OnnxBackend graph;
  private final Safetensors file;
  private final Map<String, OnnxTensor> used = new HashMap<>();

  /**
   * @throws dev.flamingostreams.checkpoints.ModelException if the file was replaced since it was
   *     opened: a graph would have other weights than those made before it
   */
  public OnnxWeights(OnnxBackend graph, Safetensors file) {
    file.requireUnchanged();
    this.graph = graph;
    this.file = file;
  }

  @Override
  public Tensor get(String name, long... shape) {
    if (!file.contains(name)) {
      throw new IllegalArgumentException("%s has no tensor %s".formatted(file.file(), name));
    }
    StoredTensor stored = file.tensor(name);
    if (!stored.shape().equals(Arrays.stream(shape).boxed().toList())) {
      throw new IllegalArgumentException(
          "%s: tensor %s has shape %s, the config asks for %s"
              .formatted(file.file(), name, stored.shape(), Arrays.toString(shape)));
    }
    return used.computeIfAbsent(name, absent -> external(stored, shape.clone()));
  }

  private OnnxTensor external(StoredTensor stored, long... shape) {
    OnnxTensor tensor =
        graph.initializer(
            OnnxFormat.external(
                stored.name(),
                elementType(stored),
                shape,
                file.file().getFileName().toString(),
                stored.offset(),
                stored.length()),
            stored.name(),
            DataType.FLOAT,
            shape);
    if (elementType(stored) == OnnxFormat.FLOAT) {
      return tensor;
    }
    OnnxTensor floats =
        graph.node(
            "Cast",
            DataType.FLOAT,
            shape,
            List.of(OnnxFormat.attribute("to", OnnxFormat.FLOAT)),
            tensor);
    graph.half(floats, () -> file.floats(stored.name()));
    return floats;
  }

  private int elementType(StoredTensor stored) {
    return switch (stored.type()) {
      case F32 -> OnnxFormat.FLOAT;
      case F16 -> OnnxFormat.FLOAT16;
      case BF16 -> OnnxFormat.BFLOAT16;
      default ->
          throw new IllegalArgumentException(
              "%s: tensor %s is %s, weights are F32, F16 or BF16"
                  .formatted(file.file(), stored.name(), stored.type()));
    };
  }
}
