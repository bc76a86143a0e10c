package dev.flamingostreams.training.scenes;

/**
 * Where the object is, how large and whether visible, as a function of the clip's time.
 *
 * @param from the first state
 * @param to the state at the end, or at the turning point
 * @param begin time at which the change begins
 * @param end time at which it is complete
 * @param ease 0 for constant speed, 1 for a gentle start and stop
 * @param turn time of the turning point, 0 for a course without one
 * @param visibility when the object is seen
 */
public record Course(
    State from,
    State to,
    double begin,
    double end,
    double ease,
    double turn,
    Visibility visibility) {

  /** When the object is seen. */
  public sealed interface Visibility {
    boolean at(double u);

    /** Of the clip played backwards. */
    Visibility reversed();
  }

  /** Seen all the time. */
  public record Always() implements Visibility {
    @Override
    public boolean at(double u) {
      return true;
    }

    @Override
    public Visibility reversed() {
      return this;
    }
  }

  /** Seen before {@code at}, or from then on. */
  public record Switch(double at, boolean after) implements Visibility {
    @Override
    public boolean at(double u) {
      return (u >= at) == after;
    }

    @Override
    public Visibility reversed() {
      return new Switch(1 - at, !after);
    }
  }

  /** Seen for the share {@code duty} of each of {@code cycles} equal periods. */
  public record Blink(double cycles, double phase, double duty) implements Visibility {
    @Override
    public boolean at(double u) {
      double t = u * cycles + phase;
      return t - Math.floor(t) < duty;
    }

    @Override
    public Visibility reversed() {
      return new Blink(cycles, duty - cycles - phase, duty);
    }
  }

  static final Visibility ALWAYS = new Always();

  public State at(double u) {
    double p = eased(progress(u));
    return new State(
        mix(from.x(), to.x(), p),
        mix(from.y(), to.y(), p),
        mix(from.size(), to.size(), p),
        visibility.at(u));
  }

  /** The course of the clip played backwards. */
  Course reversed() {
    return turn == 0
        ? new Course(to, from, 1 - end, 1 - begin, ease, 0, visibility.reversed())
        : new Course(from, to, 1 - end, 1 - begin, ease, 1 - turn, visibility.reversed());
  }

  private double progress(double u) {
    double t = Math.max(0, Math.min(1, (u - begin) / (end - begin)));
    if (turn == 0) {
      return t;
    }
    return t < turn ? t / turn : (1 - t) / (1 - turn);
  }

  private double eased(double p) {
    return mix(p, p * p * (3 - 2 * p), ease);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
