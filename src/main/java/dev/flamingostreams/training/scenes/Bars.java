package dev.flamingostreams.training.scenes;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws bars that hide an object for a moment at most. */
final class Bars {
  private static final int TRIES = 30;
  private static final int SAMPLES = 24;
  private static final int MOST = 5;
  private static final double NARROWEST = 0.03;
  private static final double WIDEST = 0.16;

  private Bars() {}

  /** Null if there is no place for one. */
  static @Nullable Bar draw(List<Actor> actors, double aspect, RandomGenerator random) {
    List<Integer> colours = actors.stream().map(Actor::rgb).toList();
    for (int i = 0; i < TRIES; i++) {
      boolean upright = random.nextBoolean();
      double width = random.nextDouble(NARROWEST, WIDEST) / (upright ? aspect : 1);
      double from = random.nextDouble(0, 1 - width);
      int rgb = Backgrounds.ground(random);
      Bar bar = new Bar(upright, from, from + width, rgb);
      if (colours.stream().allMatch(colour -> Contrast.isClear(colour, rgb))
          && actors.stream().allMatch(actor -> hidesBriefly(bar, actor, aspect))) {
        return bar;
      }
    }
    return null;
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
    State state = actor.at(u);
    double half =
        bar.upright()
            ? actor.figure().width() * state.size() / aspect / 2
            : actor.figure().height() * state.size() / 2;
    double centre = bar.upright() ? state.x() : state.y();
    return bar.hides(centre - half, centre + half);
  }
}
