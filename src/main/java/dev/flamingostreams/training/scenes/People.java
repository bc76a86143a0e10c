package dev.flamingostreams.training.scenes;

import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;

/** People as plain silhouettes: about 1 high, feet at y = 1, the middle at x = 0. */
final class People {
  private People() {}

  static Draft draw(int rgb, RandomGenerator random) {
    Draft person = new Draft(rgb);
    double style = random.nextDouble();
    if (style < 0.4) {
      blocks(person, random);
    } else if (style < 0.6) {
      sticks(person, random);
    } else if (style < 0.85) {
      walker(person, random);
    } else {
      tapered(person, random);
    }
    return random.nextBoolean()
        ? person.transform(AffineTransform.getScaleInstance(-1, 1))
        : person;
  }

  /** Head, rectangular trunk, two legs, with or without arms. */
  private static void blocks(Draft person, RandomGenerator random) {
    double head = random.nextDouble(0.085, 0.125);
    double gap = random.nextDouble() < 0.4 ? random.nextDouble(0.005, 0.025) : -0.02;
    double shoulder = 2 * head + gap;
    double half = random.nextDouble(0.11, 0.17);
    double hip = random.nextDouble(0.54, 0.62);
    double round = random.nextDouble() < 0.4 ? 0 : random.nextDouble(0.02, 0.06);
    person.add(Draft.disc(0, head, head));
    person.add(Draft.roundBox(-half, shoulder, half, hip, round));
    double slit = random.nextDouble(0.015, 0.05);
    double leg = random.nextDouble() < 0.7 ? half : half * random.nextDouble(0.75, 0.95);
    person.add(Draft.box(-leg, hip - 0.05, -slit, 1));
    person.add(Draft.box(slit, hip - 0.05, leg, 1));
    if (random.nextDouble() < 0.65) {
      blockArms(person, random, shoulder, half, hip);
    }
  }

  private static void blockArms(
      Draft person, RandomGenerator random, double shoulder, double half, double hip) {
    double width = random.nextDouble(0.06, 0.09);
    double top = shoulder + width / 2;
    double hand = hip - random.nextDouble(-0.03, 0.06);
    double spread =
        random.nextDouble() < 0.7 ? random.nextDouble(0.04, 0.1) : random.nextDouble(0.1, 0.25);
    for (int side : new int[] {-1, 1}) {
      person.add(Draft.limb(width, side * half * 0.85, top, side * (half + spread), hand));
    }
  }

  /** Thick strokes. */
  private static void sticks(Draft person, RandomGenerator random) {
    double head = random.nextDouble(0.09, 0.13);
    double width = random.nextDouble(0.06, 0.11);
    double neck = 2 * head;
    double hip = random.nextDouble(0.55, 0.64);
    double stride = random.nextDouble(0.08, 0.2);
    person.add(Draft.disc(0, head, head));
    person.add(Draft.limb(width * random.nextDouble(1, 1.8), 0, neck, 0, hip));
    double foot = 1 - width / 2;
    person.add(Draft.limb(width, 0, hip, -stride, foot));
    person.add(Draft.limb(width, 0, hip, stride, foot));
    double shoulder = neck + random.nextDouble(0.03, 0.1);
    double reach = random.nextDouble(0.14, 0.26);
    double hand = shoulder + random.nextDouble(-0.12, 0.25);
    person.add(Draft.limb(width, 0, shoulder, -reach, hand));
    person.add(Draft.limb(width, 0, shoulder, reach, hand));
  }

  /** A walking pose from the side. */
  private static void walker(Draft person, RandomGenerator random) {
    double head = random.nextDouble(0.08, 0.11);
    double lean = random.nextDouble(0, 0.06);
    double trunk = random.nextDouble(0.13, 0.21);
    double leg = random.nextDouble(0.075, 0.12);
    double shoulder = 2 * head + trunk / 2 - random.nextDouble(0, 0.03);
    double hip = random.nextDouble(0.52, 0.58);
    double stride = random.nextDouble(0.1, 0.22);
    double bend = random.nextDouble(0, 0.06);
    double foot = 1 - leg / 2;
    double knee = (hip + foot) / 2;
    person.add(Draft.disc(lean, head, head));
    person.add(Draft.limb(trunk, lean, shoulder, 0, hip));
    person.add(Draft.limb(leg, 0, hip, stride / 2 + bend, knee, stride, foot));
    person.add(Draft.limb(leg, 0, hip, -stride / 2 + bend, knee, -stride, foot));
    if (random.nextDouble() < 0.7) {
      double arm = leg * random.nextDouble(0.7, 0.95);
      double swing = random.nextDouble(0.12, 0.22);
      double hand = shoulder + random.nextDouble(0.2, 0.28);
      person.add(Draft.limb(arm, lean, shoulder, lean + swing, hand));
      person.add(Draft.limb(arm, lean, shoulder, lean - swing, hand));
    }
  }

  /** Head, a trunk that narrows to the waist or widens to a coat, legs. */
  private static void tapered(Draft person, RandomGenerator random) {
    double head = random.nextDouble(0.085, 0.12);
    double shoulder = 2 * head + random.nextDouble(-0.01, 0.02);
    double top = random.nextDouble(0.08, 0.18);
    double bottom = random.nextDouble(0.09, 0.2);
    double hip = random.nextDouble(0.58, 0.7);
    double leg = random.nextDouble(0.05, 0.08);
    double apart = Math.max(leg * 0.65, bottom * 0.55);
    person.add(Draft.disc(0, head, head));
    person.add(Draft.polygon(-top, shoulder, top, shoulder, bottom, hip, -bottom, hip));
    person.add(Draft.box(-apart - leg / 2, hip - 0.02, -apart + leg / 2, 1));
    person.add(Draft.box(apart - leg / 2, hip - 0.02, apart + leg / 2, 1));
    if (random.nextDouble() < 0.5) {
      double spread = random.nextDouble(0.04, 0.12);
      person.add(Draft.limb(0.06, -top + 0.02, shoulder + 0.03, -top - spread, hip - 0.08));
      person.add(Draft.limb(0.06, top - 0.02, shoulder + 0.03, top + spread, hip - 0.08));
    }
  }
}
