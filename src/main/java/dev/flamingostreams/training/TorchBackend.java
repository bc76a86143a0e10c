package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import java.util.List;

/** Computes at once on libtorch; all that is made is freed with the manager it was given. */
final class TorchBackend implements Backend {
  private final NDManager step;

  TorchBackend(NDManager step) {
    this.step = step;
  }

  @Override
  public Tensor constant(float[] values, long... shape) {
    return new TorchTensor(step, step.create(values, new Shape(shape)));
  }

  @Override
  public Tensor constant(int[] values, long... shape) {
    return new TorchTensor(step, step.create(values, new Shape(shape)));
  }

  @Override
  public Tensor concat(List<Tensor> parts, int axis) {
    NDList arrays = new NDList();
    parts.forEach(part -> arrays.add(TorchTensor.array(part)));
    int a = axis < 0 ? axis + parts.get(0).shape().length : axis;
    return TorchTensor.ofResult(step, NDArrays.concat(arrays, a));
  }

  @Override
  public List<Tensor> loop(int maxSteps, List<Tensor> state, Body body) {
    List<Tensor> current = state;
    for (int i = 0; i < maxSteps; i++) {
      Step next = body.run(constant(new int[] {i}, 1), current);
      current = next.state();
      NDArray proceed = TorchTensor.array(next.proceed());
      if (!proceed.getBoolean(0)) {
        break;
      }
    }
    return current;
  }
}
