package dev.flamingostreams.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

/**
 * What a stage moves, and what moves it.
 *
 * @param mean of what rounds of the caption stage ended with
 */
record Learner(TorchWeights weights, RoundMean mean, Optimiser optimiser, NDManager manager)
    implements AutoCloseable {

  /**
   * What a step found.
   *
   * @param gradientNorm before clipping; NaN if the loss was no number
   */
  record Moved(double loss, double gradientNorm) {}

  /** One step on a fresh batch; a loss or a gradient that is no number moves nothing. */
  Moved step(Stage stage, int number, Rates rates) {
    try (NDManager step = manager.newSubManager()) {
      double loss;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray value = stage.loss(step, weights);
        loss = value.getFloat();
        if (!Double.isFinite(loss)) {
          return new Moved(loss, Double.NaN);
        }
        collector.backward(value);
      }
      return new Moved(loss, optimiser.update(weights, number, rates));
    }
  }

  /** The weights and their mean stay. */
  @Override
  public void close() {
    optimiser.close();
  }
}
