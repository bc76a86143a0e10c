package dev.flamingostreams.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.IntFunction;

/** A stage that trains one weight of two values towards the number of its batch. */
final class OneWeight implements Stage {
  private final String name;
  private final TrainingPlan.Stage plan;
  private final IntFunction<Fault> faults;
  private int step;

  /** What is wrong with a step. */
  enum Fault {
    NONE,
    LOSS,
    GRADIENT
  }

  OneWeight(String name, TrainingPlan.Stage plan, int done, IntFunction<Fault> faults) {
    this.name = name;
    this.plan = plan;
    this.step = done;
    this.faults = faults;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TrainingPlan.Stage plan() {
    return plan;
  }

  @Override
  public boolean trains(String weight) {
    return weight.startsWith(name + ".");
  }

  @Override
  public NDArray loss(NDManager manager, TorchWeights weights) {
    step++;
    NDArray w = TorchTensor.array(weights.in(new TorchBackend(manager)).get(name + ".w", 2));
    return switch (faults.apply(step)) {
      case NONE -> w.sub((float) Math.sin(step)).square().sum();
      case LOSS -> w.mul(Float.NaN).sum();
      case GRADIENT -> w.mul(0).sqrt().sum(); // 0, of infinite slope
    };
  }

  @Override
  public void close() {}
}
