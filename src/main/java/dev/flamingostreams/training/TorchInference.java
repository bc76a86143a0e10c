package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingostreams.tensor.Tensor;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Computes on libtorch as one does who only wants the results: with fused operators, caches that
 * are written in place, constants that are made once, and memory that is freed where a part of the
 * model ends, so that the next part finds it warm. For one thread.
 */
final class TorchInference extends TorchBackend {
  private final FusedOperators fused;
  private final Map<Constant, Tensor> constants = new HashMap<>();
  private List<NDArray> made = new ArrayList<>();

  /** Buffers compare by their content. */
  private record Constant(Buffer values, LongBuffer shape) {}

  TorchInference(NDManager manager, FusedOperators fused) {
    super(manager);
    this.fused = fused;
  }

  @Override
  public Tensor constant(float[] values, long... shape) {
    return constant(FloatBuffer.wrap(values), shape, () -> super.constant(values, shape));
  }

  @Override
  public Tensor constant(int[] values, long... shape) {
    return constant(IntBuffer.wrap(values), shape, () -> super.constant(values, shape));
  }

  @Override
  Tensor zeros(long... shape) {
    return constant(FloatBuffer.allocate(0), shape, () -> super.zeros(shape));
  }

  private Tensor constant(Buffer values, long[] shape, Supplier<Tensor> create) {
    return constants.computeIfAbsent(
        new Constant(values, LongBuffer.wrap(shape)),
        absent -> {
          List<NDArray> outer = made;
          made = new ArrayList<>(); // kept for ever
          Tensor constant = create.get();
          made = outer;
          return constant;
        });
  }

  /** Values that change from run to run. */
  Tensor input(float[] values, long... shape) {
    return super.constant(values, shape);
  }

  @Override
  Tensor own(NDArray array) {
    made.add(array);
    return new TorchTensor(this, array);
  }

  /** Frees all the tensors that the work makes. */
  <T> T run(Supplier<T> work) {
    List<NDArray> outer = enter(List.of());
    T result = work.get();
    leave(outer, List.of());
    return result;
  }

  @Override
  Tensor within(Tensor x, UnaryOperator<Tensor> work) {
    List<NDArray> outer = enter(List.of());
    Tensor result = work.apply(x);
    outer.addAll(leave(outer, List.of(result)));
    return result;
  }

  @Override
  public List<Tensor> loop(int maxSteps, List<Tensor> state, Body body) {
    List<Tensor> current = state;
    List<NDArray> left = List.of();
    boolean proceed = true;
    for (int i = 0; i < maxSteps && proceed; i++) {
      List<NDArray> outer = enter(left);
      Step next = body.run(constant(new int[] {i}, 1), current);
      current = next.state();
      proceed = proceeds(next);
      left = leave(outer, current);
    }
    made.addAll(left);
    return current;
  }

  private List<NDArray> enter(List<NDArray> left) {
    List<NDArray> outer = made;
    made = new ArrayList<>(left);
    return outer;
  }

  /** Frees all that was made since it was entered but for the results, which are returned. */
  private List<NDArray> leave(List<NDArray> outer, List<Tensor> results) {
    Set<NDArray> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    results.forEach(result -> kept.add(TorchTensor.array(result)));
    List<NDArray> left = new ArrayList<>();
    for (NDArray array : made) {
      if (kept.contains(array)) {
        left.add(array);
      } else {
        array.close();
      }
    }
    made = outer;
    return left;
  }

  @Override
  FusedOperators fused() {
    return fused;
  }
}
