package dev.flamingostreams.training;

/** Linear warm-up over 2 % of the steps, then a cosine to 2 % of the peak. */
record LearningRate(double peak, int steps) {
  private static final double SHARE = 0.02;

  /** The rate of a step, counted from 1. */
  double at(int step) {
    double warmUp = Math.max(1, steps * SHARE);
    if (step < warmUp) {
      return peak * step / warmUp;
    }
    double done = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
    return peak * (SHARE + (1 - SHARE) * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
