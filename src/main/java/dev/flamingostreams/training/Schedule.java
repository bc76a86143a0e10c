package dev.flamingostreams.training;

/**
 * How the learning rates of a stage go: linear warm-up, then their peak, then a cosine to 2 % of
 * it. While they are held, a run does not depend on how many steps it is to have.
 */
record Schedule(TrainingPlan.Stage plan) {
  private static final double WARM_UP_SHARE = 0.02;
  private static final int LONGEST_WARM_UP = 100;
  private static final double LEAST = 0.02;

  /** The rates of a step, counted from 1. */
  Rates at(int step) {
    double share = share(step);
    return new Rates(plan.learningRate() * share, plan.matrixRate() * share);
  }

  private double share(int step) {
    int steps = plan.steps();
    double warmUp = Math.max(1, Math.min(LONGEST_WARM_UP, steps * WARM_UP_SHARE));
    if (step < warmUp) {
      return step / warmUp;
    }
    double fallFrom = Math.max(warmUp, steps * (1 - plan.falls()));
    double fallen = Math.max(0, Math.min(1, (step - fallFrom) / Math.max(1, steps - fallFrom)));
    return LEAST + (1 - LEAST) * 0.5 * (1 + Math.cos(Math.PI * fallen));
  }
}
