package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.tensor.BackendContract;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Value;
import java.util.Arrays;

class TorchInferenceTest extends BackendContract {
  @Override
  protected Value evaluate(Expression expression, Value... inputs) {
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
        FusedOperators fused = FusedOperators.load(manager)) {
      TorchInference backend = new TorchInference(manager, fused);
      return backend.run(() -> value(backend, expression, inputs));
    }
  }

  private static Value value(TorchInference backend, Expression expression, Value... inputs) {
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
