package dev.flamingostreams.training.scenes;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws things that have no name here. */
final class StrangeFigures {
  private StrangeFigures() {}

  static Figure draw(RandomGenerator random) {
    return random.nextBoolean()
        ? StandingThings.draw(random).figure()
        : anyWayRound(random).figure();
  }

  private static Draft anyWayRound(RandomGenerator random) {
    int rgb = colour(random);
    Draft draft =
        switch (random.nextInt(6)) {
          case 0 -> cross(rgb, random);
          case 1 -> ring(rgb, random);
          case 2 -> arrow(rgb);
          case 3 -> creature(rgb, random);
          case 4 -> machine(random);
          default -> blob(rgb, random);
        };
    double turn = random.nextDouble(2 * Math.PI);
    return draft.transform(AffineTransform.getRotateInstance(turn));
  }

  static int colour(RandomGenerator random) {
    float saturation = random.nextFloat() * random.nextFloat();
    return Color.HSBtoRGB(random.nextFloat(), saturation, random.nextFloat()) & 0xffffff;
  }

  private static Draft cross(int rgb, RandomGenerator random) {
    double half = random.nextDouble(0.08, 0.16);
    return new Draft(rgb)
        .add(Draft.box(-0.5, -half, 0.5, half))
        .add(Draft.box(-half, -0.5, half, 0.5));
  }

  private static Draft ring(int rgb, RandomGenerator random) {
    double hole = random.nextDouble(0.2, 0.4);
    double aside = random.nextDouble(0, 0.49 - hole);
    return new Draft(rgb)
        .add(Draft.cut(Draft.disc(0, 0, 0.5), List.of(Draft.disc(aside, 0, hole))));
  }

  private static Draft arrow(int rgb) {
    return new Draft(rgb)
        .add(Draft.box(-0.5, -0.1, 0.1, 0.1))
        .add(Draft.polygon(0.1, -0.3, 0.5, 0, 0.1, 0.3));
  }

  /** A body with legs, a neck and a head. */
  private static Draft creature(int rgb, RandomGenerator random) {
    double thick = random.nextDouble(0.12, 0.25);
    Draft draft = new Draft(rgb).add(Draft.ellipse(0, 0, 0.45, thick));
    for (double x : new double[] {-0.35, -0.2, 0.2, 0.35}) {
      draft.add(Draft.limb(0.07, x, 0, x + random.nextDouble(-0.1, 0.1), thick + 0.35));
    }
    double height = random.nextDouble(-0.5, 0);
    draft.add(Draft.limb(0.12, 0.35, 0, 0.55, height));
    return draft.add(Draft.ellipse(0.62, height, 0.14, 0.09), colour(random));
  }

  /** Boxes and discs of several colours beside each other. */
  private static Draft machine(RandomGenerator random) {
    Draft draft = new Draft(colour(random));
    int parts = random.nextInt(3, 9);
    for (int i = 0; i < parts; i++) {
      double x = random.nextDouble(-0.5, 0.5);
      double y = random.nextDouble(-0.5, 0.5);
      double width = random.nextDouble(0.05, 0.3);
      double height = random.nextDouble(0.05, 0.3);
      draft.add(
          random.nextBoolean()
              ? Draft.box(x - width, y - height, x + width, y + height)
              : Draft.ellipse(x, y, width, height),
          colour(random));
    }
    return draft;
  }

  private static Draft blob(int rgb, RandomGenerator random) {
    int corners = random.nextInt(7, 14);
    double[] xy = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double radius = random.nextDouble(0.3, 1);
      xy[2 * i] = radius * Math.cos(2 * Math.PI * i / corners);
      xy[2 * i + 1] = radius * Math.sin(2 * Math.PI * i / corners);
    }
    return new Draft(rgb).add(Draft.polygon(xy));
  }
}
