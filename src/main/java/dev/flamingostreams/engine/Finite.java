package dev.flamingostreams.engine;

/** Refuses what a model computes from damaged weights. Unseen, it would make a text of nothing. */
final class Finite {

  private Finite() {}

  /** The same values, all of them numbers. */
  static float[] of(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new ArithmeticException(
            "%s: %s is among them; weights of the model are damaged".formatted(name, value));
      }
    }
    return values;
  }
}
