package dev.flamingostreams.training.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws what the language has no words for: clutter, crowds, strange things, empty scenes. */
final class Unknowns {
  private static final int MOST_STRAYS = 7;

  private final RandomGenerator random;
  private final double aspect;
  private final Theme theme;

  private enum Theme {
    EMPTY,
    STRANGE_THINGS,
    CROWD,
    CLUTTER,
    CLUTTER_WITH_STRAYS
  }

  Unknowns(RandomGenerator random, double aspect) {
    this.random = random;
    this.aspect = aspect;
    double drawn = random.nextDouble();
    theme =
        drawn < 0.12
            ? Theme.EMPTY
            : drawn < 0.38
                ? Theme.STRANGE_THINGS
                : drawn < 0.48
                    ? Theme.CROWD
                    : drawn < 0.7 ? Theme.CLUTTER : Theme.CLUTTER_WITH_STRAYS;
  }

  Backdrop backdrop() {
    return switch (theme) {
      case EMPTY, STRANGE_THINGS, CROWD -> Backgrounds.any(random);
      case CLUTTER, CLUTTER_WITH_STRAYS -> Clutter.draw(random);
    };
  }

  List<Stray> strays() {
    int count =
        switch (theme) {
          case EMPTY, CLUTTER -> 0;
          case STRANGE_THINGS -> random.nextInt(1, 4);
          case CROWD -> random.nextInt(4, MOST_STRAYS + 1);
          case CLUTTER_WITH_STRAYS -> random.nextInt(1, MOST_STRAYS + 1);
        };
    List<Stray> strays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      strays.add(stray());
    }
    return strays;
  }

  private Stray stray() {
    boolean strange = theme != Theme.CROWD;
    Figure figure = strange ? StrangeFigures.draw(random) : known();
    double size = strange ? random.nextDouble(0.2, 0.8) : random.nextDouble(0.16, 0.4);
    // Most of what has no name here stands about.
    Motion motion = strange && random.nextBoolean() ? Motion.STAYS_STILL : any(Motion.values());
    Course course = new CourseSampler(random, figure, size, aspect, 0).draw(motion);
    return new Stray(figure, course, strange);
  }

  private Figure known() {
    return Figures.draw(any(Kind.values()), any(Colour.values()).pick(random), random);
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
