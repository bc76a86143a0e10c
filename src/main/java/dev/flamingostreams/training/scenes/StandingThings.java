package dev.flamingostreams.training.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Things that stand upright as a person does and have no name here: about 1 high, the foot at y =
 * 1, the middle at x = 0.
 */
final class StandingThings {
  private static final double MOST_TILT = 0.12;

  private StandingThings() {}

  static Draft draw(RandomGenerator random) {
    int rgb = colour(random);
    Draft draft =
        switch (random.nextInt(8)) {
          case 0, 1 -> bottle(rgb, random);
          case 2 -> vase(rgb, random);
          case 3 -> cup(rgb, random);
          case 4 -> lamp(rgb, random);
          case 5 -> sign(rgb, random);
          case 6 -> tree(rgb, random);
          default -> chair(rgb, random);
        };
    double tilt = random.nextBoolean() ? 0 : random.nextDouble(-MOST_TILT, MOST_TILT);
    int side = random.nextBoolean() ? 1 : -1;
    AffineTransform placed = AffineTransform.getRotateInstance(tilt);
    placed.scale(side, 1);
    return draft.transform(placed);
  }

  /** A colour that has a name, such a one behind glass, or any. */
  private static int colour(RandomGenerator random) {
    Colour[] named = Colour.values();
    int rgb = named[random.nextInt(named.length)].pick(random);
    return switch (random.nextInt(3)) {
      case 0 -> rgb;
      case 1 -> Colour.mixture(rgb, StrangeFigures.colour(random), random.nextDouble(0.3, 0.8));
      default -> StrangeFigures.colour(random);
    };
  }

  /** The same to the left and to the right, through half widths and heights. */
  private static Shape symmetric(double... halfWidthsAndHeights) {
    int points = halfWidthsAndHeights.length / 2;
    double[] xy = new double[4 * points];
    for (int i = 0; i < points; i++) {
      double half = halfWidthsAndHeights[2 * i];
      double y = halfWidthsAndHeights[2 * i + 1];
      int mirrored = 2 * points - 1 - i;
      xy[2 * i] = half;
      xy[2 * i + 1] = y;
      xy[2 * mirrored] = -half;
      xy[2 * mirrored + 1] = y;
    }
    return Draft.polygon(xy);
  }

  private static Draft bottle(int rgb, RandomGenerator random) {
    double neck = random.nextDouble(0.03, 0.075);
    double body = random.nextDouble(0.1, 0.2);
    double neckEnds = random.nextDouble(0.12, 0.3);
    double shoulder = neckEnds + random.nextDouble(0.03, 0.2);
    double waist = body * random.nextDouble(0.85, 1);
    double middle = random.nextDouble(0.55, 0.8);
    double[] outline = {
      neck,
      0.05,
      neck,
      neckEnds,
      0.4 * neck + 0.6 * body,
      (neckEnds + shoulder) / 2,
      body,
      shoulder,
      waist,
      middle,
      body,
      0.9,
      0.85 * body,
      1
    };
    Draft bottle = new Draft(rgb).add(symmetric(outline));
    double cap = neck * random.nextDouble(1, 1.4);
    bottle.add(Draft.box(-cap, 0, cap, random.nextDouble(0.06, 0.1)), colour(random));
    if (random.nextBoolean()) {
      double top = random.nextDouble(shoulder, 0.7);
      double bottom = top + random.nextDouble(0.1, 0.25);
      bottle.add(Draft.box(-waist, top, waist, bottom), colour(random));
    }
    return bottle;
  }

  private static Draft vase(int rgb, RandomGenerator random) {
    int points = random.nextInt(4, 8);
    double[] profile = new double[2 * points];
    for (int i = 0; i < points; i++) {
      profile[2 * i] = random.nextDouble(0.05, 0.28);
      profile[2 * i + 1] = (double) i / (points - 1);
    }
    return new Draft(rgb).add(symmetric(profile));
  }

  private static Draft cup(int rgb, RandomGenerator random) {
    double top = random.nextDouble(0.3, 0.5);
    double foot = top * random.nextDouble(0.6, 1);
    Draft cup = new Draft(rgb);
    if (random.nextDouble() < 0.7) {
      double handle = random.nextDouble(0.18, 0.3);
      Shape hole = Draft.disc(top, 0.5, handle * random.nextDouble(0.5, 0.8));
      cup.add(Draft.cut(Draft.disc(top, 0.5, handle), List.of(hole)));
    }
    return cup.add(symmetric(top, 0, foot, 1));
  }

  private static Draft lamp(int rgb, RandomGenerator random) {
    double pole = random.nextDouble(0.025, 0.05);
    double shade = random.nextDouble(0.12, 0.3);
    double ends = random.nextDouble(0.2, 0.4);
    double foot = random.nextDouble(0.1, 0.2);
    return new Draft(rgb)
        .add(Draft.box(-pole, ends, pole, 1))
        .add(Draft.box(-foot, 0.95, foot, 1))
        .add(symmetric(shade * random.nextDouble(0.3, 1), 0, shade, ends), colour(random));
  }

  private static Draft sign(int rgb, RandomGenerator random) {
    double pole = random.nextDouble(0.03, 0.06);
    double half = random.nextDouble(0.12, 0.25);
    Shape board =
        switch (random.nextInt(3)) {
          case 0 -> Draft.disc(0, half, half);
          case 1 -> Draft.polygon(0, 0, half, 2 * half, -half, 2 * half);
          default -> Draft.box(-half, 0, half, random.nextDouble(half, 2 * half));
        };
    return new Draft(rgb).add(Draft.box(-pole, half, pole, 1)).add(board, colour(random));
  }

  private static Draft tree(int rgb, RandomGenerator random) {
    double trunk = random.nextDouble(0.03, 0.08);
    double crown = random.nextDouble(0.15, 0.35);
    double ends = random.nextDouble(0.5, 0.8);
    Draft tree = new Draft(colour(random)).add(Draft.box(-trunk, ends - 0.1, trunk, 1));
    return random.nextBoolean()
        ? tree.add(Draft.ellipse(0, ends / 2, crown, ends / 2), rgb)
        : tree.add(symmetric(0, 0, crown, ends), rgb);
  }

  private static Draft chair(int rgb, RandomGenerator random) {
    double seat = random.nextDouble(0.45, 0.6);
    double half = random.nextDouble(0.15, 0.25);
    double leg = random.nextDouble(0.03, 0.07);
    return new Draft(rgb)
        .add(Draft.box(-half, 0, -half + 1.5 * leg, 1))
        .add(Draft.box(half - leg, seat, half, 1))
        .add(Draft.box(-half, seat, half, seat + 1.5 * leg));
  }
}
