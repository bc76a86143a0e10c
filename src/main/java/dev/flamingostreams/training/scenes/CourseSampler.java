package dev.flamingostreams.training.scenes;

import java.util.random.RandomGenerator;

/** Draws courses that stay inside the frame, the camera's shake included. */
final class CourseSampler {
  private static final double LEAST_SIZE = 0.09;
  private static final double LEAST_TRAVEL = 0.12;
  private static final double MOST_DRIFT = 0.08;
  private static final int FRAMES_OF_A_CLIP = 8;
  private static final int LEAST_CHANGES_SEEN = 3;
  private static final double EDGE = 0.005;

  private final RandomGenerator random;
  private final double size;
  private final double left;
  private final double top;

  /**
   * @param size of the longer side when largest, as a fraction of the frame's height
   * @param shake amplitude as a fraction of the frame's height
   */
  CourseSampler(RandomGenerator random, Figure figure, double size, double aspect, double shake) {
    this.random = random;
    this.size = size;
    left = (size * figure.width() / 2 + shake) / aspect + EDGE;
    top = size * figure.height() / 2 + shake + EDGE;
  }

  Course draw(Motion motion) {
    return switch (motion) {
      case MOVES_LEFT -> across(-1, 0);
      case MOVES_RIGHT -> across(1, 0);
      case MOVES_UP -> along(-1);
      case MOVES_DOWN -> along(1);
      case TURNS_BACK -> across(random.nextBoolean() ? 1 : -1, random.nextDouble(0.4, 0.6));
      case GROWS -> resize(true);
      case SHRINKS -> resize(false);
      case STAYS_STILL -> still(Course.ALWAYS);
      case APPEARS -> still(new Course.Switch(random.nextDouble(0.34, 0.66), true));
      case DISAPPEARS -> still(new Course.Switch(random.nextDouble(0.34, 0.66), false));
      case BLINKS -> still(blink());
    };
  }

  private Course across(int direction, double turn) {
    double[] x = span(left, direction);
    double drift = turn == 0 ? drift(x[1] - x[0]) : 0;
    double[] y = drifting(top, drift);
    return moving(at(x[0], y[0], size), at(x[1], y[1], size), turn);
  }

  private Course along(int direction) {
    double[] y = span(top, direction);
    double[] x = drifting(left, drift(y[1] - y[0]));
    return moving(at(x[0], y[0], size), at(x[1], y[1], size), 0);
  }

  /** Start and end of a way, in the given direction, of any length that is seen. */
  private double[] span(double margin, int direction) {
    double room = 1 - 2 * margin;
    double way = random.nextDouble(Math.min(LEAST_TRAVEL, room - 1e-6), room);
    double low = margin + random.nextDouble() * (room - way);
    return direction > 0 ? new double[] {low, low + way} : new double[] {low + way, low};
  }

  private double drift(double way) {
    return random.nextDouble() < 0.6
        ? 0
        : Math.abs(way) * random.nextDouble(-MOST_DRIFT, MOST_DRIFT);
  }

  private double[] drifting(double margin, double drift) {
    double start = anywhere(margin);
    double end = Math.max(margin, Math.min(1 - margin, start + drift));
    return new double[] {start, end};
  }

  private Course moving(State from, State to, double turn) {
    double begin = random.nextDouble() < 0.6 ? 0 : random.nextDouble(0.18);
    double end = random.nextDouble() < 0.6 ? 1 : random.nextDouble(0.82, 1);
    double ease = random.nextDouble() < 0.6 ? 0 : random.nextDouble();
    return new Course(from, to, begin, end, ease, turn, Course.ALWAYS);
  }

  private Course resize(boolean grows) {
    double factor = random.nextDouble(1.75, Math.min(2.5, size / LEAST_SIZE));
    State large = at(anywhere(left), anywhere(top), size);
    State small = at(large.x(), large.y(), size / factor);
    return grows ? moving(small, large, 0) : moving(large, small, 0);
  }

  private Course still(Course.Visibility visibility) {
    State state = at(anywhere(left), anywhere(top), size);
    return new Course(state, state, 0, 1, 0, 0, visibility);
  }

  /** Three or four times off and on again, such that eight even samples show it. */
  private Course.Visibility blink() {
    while (true) {
      var blink =
          new Course.Blink(
              random.nextInt(6, 10) / 2.0, random.nextDouble(), random.nextDouble(0.4, 0.6));
      if (blinks(blink) && isSeen(blink, 0, 8) && isSeen(blink, 0.5, 8) && isSeen(blink, 0, 7)) {
        return blink;
      }
    }
  }

  private static boolean blinks(Course.Blink blink) {
    int changes = changes(blink, 0, 1000, 1000);
    return changes >= 5 && changes <= 9;
  }

  private static boolean isSeen(Course.Blink blink, double start, int parts) {
    return changes(blink, start, parts, FRAMES_OF_A_CLIP) >= LEAST_CHANGES_SEEN;
  }

  /** How often the visibility changes from one to the next sample at (i + start) / parts. */
  private static int changes(Course.Blink blink, double start, int parts, int samples) {
    int changes = 0;
    for (int i = 1; i < samples; i++) {
      if (blink.at((i - 1 + start) / parts) != blink.at((i + start) / parts)) {
        changes++;
      }
    }
    return changes;
  }

  private double anywhere(double margin) {
    return random.nextDouble(margin, 1 - margin);
  }

  private static State at(double x, double y, double size) {
    return new State(x, y, size, true);
  }
}
