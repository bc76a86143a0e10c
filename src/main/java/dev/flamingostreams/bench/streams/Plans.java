package dev.flamingostreams.bench.streams;

/** Bounds of what may be asked for. */
final class Plans {
  private Plans() {}

  static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be %d to %d".formatted(name, value, least, most));
    }
  }
}
