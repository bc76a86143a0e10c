package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.TreeMap;

/**
 * The mean of the weights that rounds of the caption stage ended with. It tells clips that training
 * never showed more surely than what any one of them ended with (Izmailov et al. 2018, Wortsman et
 * al. 2022).
 */
final class RoundMean implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> means = new TreeMap<>();
  private int rounds;

  RoundMean(NDManager manager) {
    this.manager = manager;
  }

  /** How many it is of. */
  int rounds() {
    return rounds;
  }

  Map<String, NDArray> means() {
    return means;
  }

  /** As it was saved; {@link #means()} are put beside it. */
  void restore(int savedRounds) {
    rounds = savedRounds;
  }

  /** Another round has ended, and has moved the weights that are trained. */
  void add(TorchWeights weights) {
    rounds++;
    weights.trained().forEach(this::add);
  }

  private void add(String name, NDArray weight) {
    NDArray latest = manager.create(weight.toFloatArray(), weight.getShape());
    NDArray mean = means.putIfAbsent(name, latest);
    if (mean != null) {
      mean.addi(latest.subi(mean).divi(rounds));
      latest.close();
    }
  }

  /** Puts the mean in the place of what the last round ended with. */
  void into(TorchWeights weights) {
    means.forEach(
        (name, mean) -> weights.put(name, mean.toFloatArray(), mean.getShape().getShape()));
  }

  @Override
  public void close() {
    means.values().forEach(NDArray::close);
    means.clear();
  }
}
