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
        sometimes(0.2, random.nextDouble(0.01, 0.04), random),
        sometimes(0.5, random.nextDouble(3, 26), random));
  }

  /** Of what the language has no words for: a camera that pans, and frames of mere noise, too. */
  static Degradation drawUnknown(RandomGenerator random) {
    Degradation usual = draw(random);
    double drawn = random.nextDouble();
    boolean pans = drawn < 0.25;
    boolean noise = drawn > 0.85;
    return new Degradation(
        noise ? random.nextDouble(8, 90) : usual.noise(),
        noise ? random.nextDouble(0, 60) : usual.chromaNoise(),
        usual.drift(),
        usual.flicker(),
        pans ? random.nextDouble(0.03, 0.3) : usual.shake(),
        pans ? random.nextDouble(0.1, 0.6) : usual.shakeRate(),
        usual.blur(),
        usual.exposure(),
        usual.quantiser());
  }

  private static double sometimes(double share, double value, RandomGenerator random) {
    return random.nextDouble() < share ? value : 0;
  }

  private static double skewed(double most, RandomGenerator random) {
    double u = random.nextDouble();
    return most * u * u + 0.2;
  }
}
