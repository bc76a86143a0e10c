package dev.flamingostreams.training.scenes;

import java.util.random.RandomGenerator;

/** Draws objects, some of them with a thin outline. */
final class Figures {
  private static final double SHARE_WITH_OUTLINE = 0.15;

  private Figures() {}

  static Figure draw(Kind kind, int rgb, RandomGenerator random) {
    Draft draft =
        switch (kind) {
          case CIRCLE -> PlainShapes.circle(rgb);
          case SQUARE -> PlainShapes.square(rgb, random);
          case TRIANGLE -> PlainShapes.triangle(rgb, random);
          case STAR -> PlainShapes.star(rgb, random);
          case CAR -> Cars.draw(rgb, random);
          case PERSON -> People.draw(rgb, random);
        };
    if (random.nextDouble() < SHARE_WITH_OUTLINE) {
      draft.outline(random.nextDouble(0.008, 0.025), lineColour(rgb, random));
    }
    return draft.figure();
  }

  /** Black, white, or a darker shade. */
  private static int lineColour(int rgb, RandomGenerator random) {
    int darker = rgb >> 1 & 0x7f7f7f;
    return new int[] {0x101010, 0xf0f0f0, darker, darker}[random.nextInt(4)];
  }
}
