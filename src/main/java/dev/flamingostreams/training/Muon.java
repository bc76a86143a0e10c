package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Moves matrices by their momentum made orthogonal (Jordan et al. 2024), scaled so that an entry
 * moves as far as AdamW would move it (Liu et al. 2025).
 *
 * @param rescale what gradients are multiplied by
 */
record Muon(double learningRate, double decay, float rescale) {
  private static final float MOMENTUM = 0.95f;
  private static final double MOVE_OF_ADAM = 0.2;
  private static final int ITERATIONS = 4;

  /** Of the polynomial whose iteration brings singular values near to 1. */
  private static final float LINEAR = 3.4445f;

  private static final float CUBIC = -4.7750f;
  private static final float QUINTIC = 2.0315f;
  private static final float TINY = 1e-7f;

  /**
   * Moves the matrices by their gradients, which are zeroed.
   *
   * @param momentum of a matrix by its name
   */
  void update(
      NDManager manager,
      Map<String, NDArray> matrices,
      BiFunction<String, NDArray, NDArray> momentum) {
    Map<Shape, Map<String, NDArray>> alike = new LinkedHashMap<>();
    matrices.forEach(
        (name, matrix) ->
            alike
                .computeIfAbsent(matrix.getShape(), shape -> new LinkedHashMap<>())
                .put(name, matrix));
    for (Map<String, NDArray> group : alike.values()) {
      try (NDManager own = manager.newSubManager()) {
        NDList pushed = new NDList();
        group.forEach(
            (name, matrix) -> pushed.add(flat(pushed(own, matrix, momentum.apply(name, matrix)))));
        NDArray moves = orthogonal(NDArrays.stack(pushed));
        int next = 0;
        for (NDArray matrix : group.values()) {
          move(matrix, moves.get(next++));
        }
      }
    }
  }

  /** The gradient added to the momentum, and the momentum as it would be after the same again. */
  private NDArray pushed(NDManager own, NDArray matrix, NDArray momentum) {
    try (NDArray gradient = matrix.getGradient();
        NDArray clipped = gradient.mul(rescale)) {
      momentum.muli(MOMENTUM).addi(clipped);
      NDArray ahead = momentum.mul(MOMENTUM);
      ahead.attach(own);
      return ahead.addi(clipped);
    }
  }

  /** A row for each output: the kernels of a convolution one after the other. */
  private static NDArray flat(NDArray matrix) {
    return matrix.reshape(matrix.getShape().get(0), -1);
  }

  /**
   * The nearest matrices whose singular values are alike, about 1: a Newton-Schulz iteration.
   *
   * @param matrices {@code [N, rows, columns]}
   */
  static NDArray orthogonal(NDArray matrices) {
    Shape shape = matrices.getShape();
    if (shape.get(1) > shape.get(2)) {
      return orthogonal(matrices.transpose(0, 2, 1)).transpose(0, 2, 1);
    }
    NDArray x = matrices.div(matrices.square().sum(new int[] {1, 2}, true).sqrt().add(TINY));
    for (int i = 0; i < ITERATIONS; i++) {
      try (NDArray turned = x.transpose(0, 2, 1);
          NDArray square = x.matMul(turned);
          NDArray fourth = square.matMul(square)) {
        square.muli(CUBIC).addi(fourth.muli(QUINTIC));
        try (NDArray change = square.matMul(x)) {
          x.muli(LINEAR).addi(change);
        }
      }
    }
    return x;
  }

  private void move(NDArray matrix, NDArray move) {
    Shape shape = move.getShape();
    double scale = MOVE_OF_ADAM * Math.sqrt((double) Math.max(shape.get(0), shape.get(1)));
    NDArray moved = move.reshape(matrix.getShape());
    matrix
        .getNDArrayInternal()
        .sgdUpdate(
            new NDList(matrix, moved, moved),
            new NDList(matrix),
            (float) (learningRate * scale),
            (float) (decay / scale),
            1,
            -1,
            0,
            false);
  }
}
