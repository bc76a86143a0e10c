package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Map;
import java.util.TreeMap;

/**
 * AdamW (Loshchilov and Hutter 2019), or {@link Muon} for the matrices of layers, with the gradient
 * clipped by its global norm. DJL's own Adam keeps its moments to itself, so a run that uses it
 * cannot be resumed.
 */
final class Optimiser implements AutoCloseable {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.98f;
  private static final float EPSILON = 1e-8f;
  private static final float DECAY = 0.02f;
  private static final double MAX_NORM = 1;
  private static final double GATES_FASTER = 10;

  private final NDManager manager;
  private final Map<String, NDArray> means = new TreeMap<>();
  private final Map<String, NDArray> variances = new TreeMap<>();

  Optimiser(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Moves the trained weights by their gradients, which are zeroed.
   *
   * @param step counted from 1
   * @return the gradient's global norm before clipping
   */
  double update(TorchWeights weights, int step, Rates rates) {
    Map<String, NDArray> trained = weights.trained();
    double norm = norm(trained);
    if (!Double.isFinite(norm)) {
      trained.values().forEach(Optimiser::forget); // it must not reach the weights
      return norm;
    }
    float rescale = (float) (norm > MAX_NORM ? MAX_NORM / norm : 1);
    double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    Map<String, NDArray> matrices = new TreeMap<>(trained);
    matrices
        .entrySet()
        .removeIf(e -> rates.ofMatrices() == 0 || !isMatrix(e.getKey(), e.getValue()));
    trained.keySet().removeAll(matrices.keySet());
    trained.forEach(
        (name, weight) -> update(name, weight, rate(name, rates.ofOthers()), correction, rescale));
    Muon muon = new Muon(rates.ofMatrices(), DECAY, rescale);
    muon.update(manager, matrices, this::mean);
    return norm;
  }

  /** Of a layer, or its kernels: embeddings are tables of vectors. */
  private static boolean isMatrix(String name, NDArray weight) {
    return name.endsWith(".weight") && weight.getShape().dimension() > 1;
  }

  Map<String, NDArray> means() {
    return means;
  }

  Map<String, NDArray> variances() {
    return variances;
  }

  NDManager manager() {
    return manager;
  }

  /** A gate is one number that starts at 0; at the rate of matrices it hardly opens. */
  private static float rate(String name, double learningRate) {
    return (float) (name.endsWith("_gate") ? GATES_FASTER * learningRate : learningRate);
  }

  private NDArray mean(String name, NDArray weight) {
    return means.computeIfAbsent(name, n -> manager.zeros(weight.getShape()));
  }

  private void update(
      String name, NDArray weight, float learningRate, double correction, float rescale) {
    NDArray variance = variances.computeIfAbsent(name, n -> manager.zeros(weight.getShape()));
    try (NDArray gradient = weight.getGradient()) {
      weight
          .getNDArrayInternal()
          .adamUpdate(
              new NDList(weight, gradient, mean(name, weight), variance),
              new NDList(weight),
              learningRate,
              (float) (learningRate * correction),
              weight.getShape().dimension() > 1 ? DECAY : 0,
              rescale,
              -1,
              BETA1,
              BETA2,
              EPSILON,
              false,
              true);
    }
  }

  private static void forget(NDArray weight) {
    // of its own: setting leaves a view behind, which holds the gradient
    try (NDManager own = weight.getManager().newSubManager()) {
      NDArray gradient = weight.getGradient();
      gradient.attach(own);
      gradient.set(new NDIndex("..."), 0); // multiplying infinity by 0 would not do
    }
  }

  private static double norm(Map<String, NDArray> trained) {
    double sum = 0;
    for (NDArray weight : trained.values()) {
      try (NDArray gradient = weight.getGradient();
          NDArray square = gradient.square();
          NDArray total = square.sum()) {
        sum += total.getFloat();
      }
    }
    return Math.sqrt(sum);
  }

  @Override
  public void close() {
    means.values().forEach(NDArray::close);
    variances.values().forEach(NDArray::close);
  }
}
