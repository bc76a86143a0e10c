package dev.flamingostreams.training.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cars from the side and from the front; the ground is at y = 0, a side view is about 1 long. */
final class Cars {
  private Cars() {}

  static Draft draw(int rgb, RandomGenerator random) {
    double view = random.nextDouble();
    Draft car = new Draft(rgb);
    Paint paint = Paint.pick(rgb, random);
    if (view < 0.2) {
      front(car, paint, random);
    } else if (view < 0.45) {
      curved(car, paint, random);
    } else {
      boxes(car, paint, random);
    }
    return random.nextBoolean() ? car.transform(AffineTransform.getScaleInstance(-1, 1)) : car;
  }

  /** Colours of the details; most cars are plain silhouettes. */
  private record Paint(boolean windows, boolean holes, int windowRgb, int wheelRgb, boolean hubs) {
    static Paint pick(int rgb, RandomGenerator random) {
      if (random.nextDouble() < 0.45) {
        return new Paint(false, false, rgb, rgb, false);
      }
      int[] glass = {0xd0e4f0, 0xb4d2e6, 0x30343c, 0xe6e6e6, 0x8c9aa5};
      int[] rubber = {0x101010, 0x282828, 0x404040, rgb};
      double windows = random.nextDouble();
      return new Paint(
          windows < 0.75,
          windows < 0.25,
          glass[random.nextInt(glass.length)],
          rubber[random.nextInt(rubber.length)],
          random.nextDouble() < 0.4);
    }
  }

  private static void boxes(Draft car, Paint paint, RandomGenerator random) {
    double wheel = random.nextDouble(0.075, 0.125);
    double bottom = -wheel * random.nextDouble(0.6, 1.2);
    double top = bottom - random.nextDouble(0.16, 0.27);
    double roof = top - random.nextDouble(0.13, 0.23);
    double round = random.nextDouble() < 0.5 ? 0 : random.nextDouble(0.02, 0.08);
    double nose = random.nextDouble() < 0.4 ? random.nextDouble(0, 0.08) : 0;
    car.add(
        nose > 0
            ? Draft.polygon(0, bottom, 0, top, 0.75, top, 1, top + nose, 1, bottom)
            : Draft.roundBox(0, top, 1, bottom, round));
    double rear = random.nextDouble(0.02, 0.28);
    double front = random.nextDouble(0.65, 0.85);
    boolean upright = random.nextDouble() < 0.25;
    double rearSlope = upright ? 0 : random.nextDouble(0, 0.14);
    double frontSlope = upright ? 0 : random.nextDouble(0.05, 0.2);
    cabin(car, paint, random, rear, front, top + 0.01, roof, rearSlope, frontSlope);
    double wheelRear = random.nextDouble(0.17, 0.26);
    double wheelFront = random.nextDouble(0.74, 0.83);
    wheels(car, paint, wheel, wheelRear, wheelFront);
  }

  private static void cabin(
      Draft car,
      Paint paint,
      RandomGenerator random,
      double rear,
      double front,
      double base,
      double roof,
      double rearSlope,
      double frontSlope) {
    Shape outer =
        Draft.polygon(rear, base, rear + rearSlope, roof, front - frontSlope, roof, front, base);
    if (!paint.windows) {
      car.add(outer);
      return;
    }
    double frame = random.nextDouble(0.025, 0.04);
    double sill = base - 0.02;
    double middle = (rear + rearSlope + front - frontSlope) / 2;
    // The slopes reach only as far down as the sill.
    List<Shape> windows =
        List.of(
            Draft.polygon(
                rear + frame + 0.02,
                sill,
                rear + rearSlope + frame,
                roof + frame,
                middle - frame / 2,
                roof + frame,
                middle - frame / 2,
                sill),
            Draft.polygon(
                middle + frame / 2,
                sill,
                middle + frame / 2,
                roof + frame,
                front - frontSlope - frame,
                roof + frame,
                front - frame - 0.03,
                sill));
    if (paint.holes) {
      car.add(Draft.cut(outer, windows));
    } else {
      car.add(outer);
      windows.forEach(window -> car.add(window, paint.windowRgb));
    }
  }

  private static void curved(Draft car, Paint paint, RandomGenerator random) {
    double wheel = random.nextDouble(0.08, 0.12);
    double bottom = -wheel * random.nextDouble(0.6, 1.1);
    double belt = bottom - random.nextDouble(0.15, 0.22);
    double roof = belt - random.nextDouble(0.14, 0.22);
    double rear = random.nextDouble(0.0, 0.16);
    double hood = random.nextDouble(0.66, 0.78);
    Path2D body = new Path2D.Double();
    body.moveTo(0, bottom);
    body.quadTo(-0.01, belt, rear, belt);
    body.curveTo(rear + 0.08, roof - 0.01, rear + 0.15, roof, (rear + hood) / 2, roof);
    body.curveTo(hood - 0.12, roof, hood - 0.06, belt, hood, belt);
    body.curveTo(0.92, belt + 0.01, 1, belt + 0.06, 1, bottom);
    body.closePath();
    car.add(body);
    if (paint.windows) {
      double middle = (rear + hood) / 2;
      double top = roof + 0.03;
      car.add(
          Draft.polygon(
              rear + 0.09, belt, rear + 0.17, top, middle - 0.015, top, middle - 0.015, belt),
          paint.windowRgb);
      car.add(
          Draft.polygon(
              middle + 0.015, belt, middle + 0.015, top, hood - 0.16, top, hood - 0.07, belt),
          paint.windowRgb);
    }
    wheels(car, paint, wheel, random.nextDouble(0.18, 0.25), random.nextDouble(0.75, 0.82));
  }

  private static void wheels(Draft car, Paint paint, double radius, double rear, double front) {
    for (double x : new double[] {rear, front}) {
      car.add(Draft.disc(x, -radius, radius), paint.wheelRgb);
      if (paint.hubs) {
        car.add(Draft.disc(x, -radius, 0.45 * radius), 0xb4b4b4);
      }
    }
  }

  private static void front(Draft car, Paint paint, RandomGenerator random) {
    double ground = random.nextDouble(0.06, 0.12);
    double belt = -ground - random.nextDouble(0.28, 0.4);
    double roof = belt - random.nextDouble(0.2, 0.32);
    double slope = random.nextDouble(0.08, 0.16);
    double round = random.nextDouble(0.02, 0.1);
    double tyre = random.nextDouble(0.12, 0.18);
    for (double x : new double[] {0.06, 0.94 - tyre}) {
      car.add(Draft.roundBox(x, -ground - 0.1, x + tyre, 0, 0.02), paint.wheelRgb);
    }
    Shape cabin =
        Draft.polygon(0.06, belt + 0.02, 0.06 + slope, roof, 0.94 - slope, roof, 0.94, belt + 0.02);
    Shape screen =
        Draft.polygon(
            0.16,
            belt - 0.02,
            0.11 + slope,
            roof + 0.04,
            0.89 - slope,
            roof + 0.04,
            0.84,
            belt - 0.02);
    if (paint.windows && paint.holes) {
      car.add(Draft.cut(cabin, List.of(screen)));
    } else {
      car.add(cabin);
    }
    car.add(Draft.roundBox(0, belt, 1, -ground, round));
    if (paint.windows && !paint.holes) {
      car.add(screen, paint.windowRgb);
    }
    if (paint.windows || paint.hubs) {
      double lamp = random.nextDouble(0.05, 0.075);
      double y = belt + random.nextDouble(0.09, 0.14);
      car.add(Draft.disc(0.15, y, lamp), 0xf5f0d2);
      car.add(Draft.disc(0.85, y, lamp), 0xf5f0d2);
    }
  }
}
