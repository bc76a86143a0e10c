package dev.flamingostreams.training.scenes;

import java.util.random.RandomGenerator;

/** Draws what camera and codec do, from nothing at all to clearly visible. */
final class Degradations {
  private Degradations() {}

  static Degradation draw(RandomGenerator random) {
    return new Degradation(
        sometimes(0.7, skewed(5, random), random),
        sometimes(0.4, skewed(3, random), random),
        sometimes(0.5, random.nextDouble(-0.3, 0.3), random),
        sometimes(0.2, random.nextDouble(0.01, 0.05), random),
        sometimes(0.45, random.nextDouble(0.003, 0.02), random),
        random.nextDouble(1.5, 12),
        sometimes(0.35, random.nextDouble(0.002, 0.009), random),
        sometimes(0.5, random.nextDouble(3, 26), random));
  }

  private static double sometimes(double share, double value, RandomGenerator random) {
    return random.nextDouble() < share ? value : 0;
  }

  private static double skewed(double most, RandomGenerator random) {
    double u = random.nextDouble();
    return most * u * u + 0.2;
  }
}
