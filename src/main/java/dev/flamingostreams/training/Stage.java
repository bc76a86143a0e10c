package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** One of the paper's stages: what is learnt, from what, for how long. */
interface Stage extends AutoCloseable {
  /** Short and fit for a file name. */
  String name();

  TrainingPlan.Stage plan();

  /** Whether this stage trains the weight; all others stay as they are. */
  boolean trains(String weight);

  /** The loss of one fresh batch; everything made belongs to {@code step}. */
  NDArray loss(NDManager step, TorchWeights weights);

  @Override
  void close();
}
