package dev.flamingostreams.training.scenes;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws bars that hide an object for a moment at most. */
final class Bars {
  private static final int TRIES = 30;
  private static final int SAMPLES = 24;
  private static final int MOST = 8;
  private static final double SHARE_ON_A_WAY = 0.85;
  private static final double NARROWEST = 0.03;
  private static final double WIDEST = 0.16;

  private Bars() {}

  /** Null if there is no place for one. */
  static @Nullable Bar draw(List<Actor> actors, double aspect, RandomGenerator random) {
    List<Integer> colours = actors.stream().map(Actor::rgb).toList();
    List<Actor> moving = actors.stream().filter(actor -> actor.motion().isMove()).toList();
    for (int i = 0; i < TRIES; i++) {
      boolean onAWay = !moving.isEmpty() && random.nextDouble() < SHARE_ON_A_WAY;
      Bar bar =
          onAWay
              ? onTheWay(moving.get(random.nextInt(moving.size())), aspect, random)
              : anywhere(aspect, random);
      if (colours.stream().allMatch(colour -> Contrast.isClear(colour, bar.rgb()))
          && actors.stream().allMatch(actor -> hidesBriefly(bar, actor, aspect))) {
        return bar;
      }
    }
    return null;
  }

  /** Across the way of an object, near the middle of it. */
  private static Bar onTheWay(Actor actor, double aspect, RandomGenerator random) {
    boolean upright = actor.motion() == Motion.MOVES_LEFT || actor.motion() == Motion.MOVES_RIGHT;
    double width = width(upright, aspect, random);
    State state = actor.at(random.nextDouble(0.35, 0.65));
    double from = (upright ? state.x() : state.y()) - width / 2;
    return new Bar(upright, from, from + width, Backgrounds.ground(random));
  }

  private static Bar anywhere(double aspect, RandomGenerator random) {
    boolean upright = random.nextBoolean();
    double width = width(upright, aspect, random);
    double from = random.nextDouble(0, 1 - width);
    return new Bar(upright, from, from + width, Backgrounds.ground(random));
  }

  private static double width(boolean upright, double aspect, RandomGenerator random) {
    return random.nextDouble(NARROWEST, WIDEST) / (upright ? aspect : 1);
  }

  private static boolean hidesBriefly(Bar bar, Actor actor, double aspect) {
    int hidden = 0;
    for (int i = 0; i <= SAMPLES; i++) {
      double share = hides(bar, actor, (double) i / SAMPLES, aspect);
      boolean atAnEnd = i < 2 || i > SAMPLES - 2;
      hidden += share > 0.1 ? 1 : 0;
      if ((atAnEnd && share > 0) || hidden > MOST) {
        return false;
      }
    }
    return true;
  }

  private static double hides(Bar bar, Actor actor, double u, double aspect) {
    Footprint box = Footprint.around(actor.figure(), actor.at(u), aspect);
    return bar.upright()
        ? bar.hides(box.x() - box.width() / 2, box.x() + box.width() / 2)
        : bar.hides(box.y() - box.height() / 2, box.y() + box.height() / 2);
  }
}
