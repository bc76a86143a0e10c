package dev.flamingostreams.tensor;

import java.util.List;

/** Makes tensors that did not come from other tensors, and the control flow between them. */
public interface Backend {

  /** A float constant in row-major order. */
  Tensor constant(float[] values, long... shape);

  /** An int constant in row-major order. */
  Tensor constant(int[] values, long... shape);

  /** Tensors that differ along one axis only, one after the other along it. */
  Tensor concat(List<Tensor> parts, int axis);

  /**
   * Runs the body for steps 0, 1, ... until it asks to stop, {@code maxSteps} times at most, and
   * returns the last state. Each state tensor keeps its shape and type. At least one step is run.
   */
  List<Tensor> loop(int maxSteps, List<Tensor> state, Body body);

  /** One step of a {@link #loop}. */
  interface Body {
    /** {@code step} is an {@link DataType#INT} of shape {@code [1]}. */
    Step run(Tensor step, List<Tensor> state);
  }

  /** What a step leaves behind: a {@link DataType#BOOL} of shape {@code [1]}, and the new state. */
  record Step(Tensor proceed, List<Tensor> state) {}
}
