package dev.flamingostreams.training.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;

/** Circles, squares, triangles and stars in the ways that people draw them. */
final class PlainShapes {
  private PlainShapes() {}

  static Draft circle(int rgb) {
    return new Draft(rgb).add(Draft.disc(0, 0, 0.5));
  }

  static Draft square(int rgb, RandomGenerator random) {
    Shape shape =
        random.nextDouble() < 0.15
            ? Draft.roundBox(-0.5, -0.5, 0.5, 0.5, random.nextDouble(0.03, 0.1))
            : Draft.box(-0.5, -0.5, 0.5, 0.5);
    double turned = random.nextDouble();
    double angle = 0;
    if (turned > 0.92) {
      angle = random.nextDouble(-45, 45);
    } else if (turned > 0.65) {
      angle = random.nextDouble(-12, 12);
    }
    return new Draft(rgb).add(shape).transform(rotation(angle));
  }

  static Draft triangle(int rgb, RandomGenerator random) {
    double style = random.nextDouble();
    double tip = 0;
    double half = 1 / Math.sqrt(3);
    if (style > 0.85) {
      tip = random.nextBoolean() ? -half : half;
      half = random.nextDouble(0.45, 0.6);
      tip = Math.signum(tip) * half;
    } else if (style > 0.4) {
      half = random.nextDouble(0.42, 0.65);
    }
    double turned = random.nextDouble();
    double angle = 0;
    if (turned > 0.85) {
      angle = random.nextInt(1, 4) * 90 + random.nextDouble(-10, 10);
    } else if (turned > 0.6) {
      angle = random.nextDouble(-15, 15);
    }
    return new Draft(rgb)
        .add(Draft.polygon(tip, -0.5, half, 0.5, -half, 0.5))
        .transform(rotation(angle));
  }

  static Draft star(int rgb, RandomGenerator random) {
    double inner = random.nextDouble() < 0.4 ? 0.382 : random.nextDouble(0.34, 0.54);
    double[] xy = new double[20];
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 1 : inner;
      xy[2 * i] = radius * Math.sin(Math.PI * i / 5);
      xy[2 * i + 1] = -radius * Math.cos(Math.PI * i / 5);
    }
    double turned = random.nextDouble();
    double angle = 0;
    if (turned > 0.85) {
      angle = random.nextDouble(-36, 36);
    } else if (turned > 0.6) {
      angle = random.nextDouble(-15, 15);
    }
    return new Draft(rgb).add(Draft.polygon(xy)).transform(rotation(angle));
  }

  private static AffineTransform rotation(double degrees) {
    return AffineTransform.getRotateInstance(Math.toRadians(degrees));
  }
}
