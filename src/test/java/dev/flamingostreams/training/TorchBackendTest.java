package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.tensor.BackendContract;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Value;
import java.util.Arrays;

class TorchBackendTest extends BackendContract {
  @Override
  protected Value evaluate(Expression expression, Value... inputs) {
    try (NDManager step = Engine.getEngine("PyTorch").newBaseManager()) {
      TorchBackend backend = new TorchBackend(step);
      Tensor result =
          expression.apply(
              backend, Arrays.stream(inputs).map(input -> input.constant(backend)).toList());
      NDArray array = TorchTensor.array(result);
      return switch (result.type()) {
        case FLOAT -> Value.floats(array.toFloatArray(), result.shape());
        case INT -> Value.ints(array.toIntArray(), result.shape());
        case BOOL -> throw new IllegalStateException("compare as floats");
      };
    }
  }
}
