package dev.flamingostreams.flamingo;

/** Refuses values that no model can have; messages name the key. */
final class Check {
  /** No axis of a model is longer. */
  static final int MOST = 1 << 16;

  private Check() {}

  static void range(String key, int value, int least, int most) {
    that(value >= least && value <= most, key, value, least + " to " + most);
  }

  static void positive(String key, double value) {
    that(value > 0 && !Double.isInfinite(value), key, value, "positive");
  }

  static void divides(String key, int value, int of) {
    that(value >= 1 && of % value == 0, key, value, "a divisor of " + of);
  }

  static void that(boolean holds, String key, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + ", must be " + wanted);
    }
  }
}
