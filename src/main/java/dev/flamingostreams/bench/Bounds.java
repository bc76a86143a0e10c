package dev.flamingostreams.bench;

/** Of what may be asked for. */
public final class Bounds {
  private Bounds() {}

  /**
   * Refuses a value.
   *
   * @throws IllegalArgumentException that begins with the name, as options are told
   */
  public static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be %d to %d".formatted(name, value, least, most));
    }
  }
}
