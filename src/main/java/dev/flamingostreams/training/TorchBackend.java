package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Computes at once on libtorch; all that is made is freed with the manager it was given. */
class TorchBackend implements Backend {
  private final NDManager step;

  TorchBackend(NDManager step) {
    this.step = step;
  }

  @Override
  public Tensor constant(float[] values, long... shape) {
    return own(step.create(values, new Shape(shape)));
  }

  @Override
  public Tensor constant(int[] values, long... shape) {
    return own(step.create(values, new Shape(shape)));
  }

  Tensor zeros(long... shape) {
    return own(step.zeros(new Shape(shape)));
  }

  @Override
  public Tensor concat(List<Tensor> parts, int axis) {
    NDList arrays = new NDList();
    parts.forEach(part -> arrays.add(TorchTensor.array(part)));
    int a = axis < 0 ? axis + parts.get(0).shape().length : axis;
    return own(NDArrays.concat(arrays, a));
  }

  @Override
  public List<Tensor> loop(int maxSteps, List<Tensor> state, Body body) {
    List<Tensor> current = state;
    for (int i = 0; i < maxSteps; i++) {
      Step next = body.run(constant(new int[] {i}, 1), current);
      current = next.state();
      if (!proceeds(next)) {
        break;
      }
    }
    return current;
  }

  static boolean proceeds(Step step) {
    return TorchTensor.array(step.proceed()).getBoolean(0);
  }

  /** Takes what an operation made. */
  Tensor own(NDArray array) {
    // DJL attaches a result to its receiver's manager, which for a weight is for ever.
    if (array.getManager() != step) {
      array.attach(step);
    }
    return new TorchTensor(this, array);
  }

  Tensor within(Tensor x, UnaryOperator<Tensor> work) {
    return work.apply(x);
  }

  /** Operators that are faster but cannot be differentiated, or null. */
  @Nullable FusedOperators fused() {
    return null;
  }
}
