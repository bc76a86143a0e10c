package dev.flamingostreams.training.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Draws scenes; equal seeds draw equal scenes. Every combination of colour, kind and motion comes
 * once before any comes again. Not thread-safe.
 */
public final class SceneSampler {
  private static final double[] USUAL_ASPECTS = {1, 4.0 / 3, 1.5, 1.6, 16.0 / 9, 16.0 / 9};
  private static final double WIDEST = 16.0 / 9;

  private final SplittableRandom random;
  private final Random order;
  private final List<Combination> combinations = new ArrayList<>();
  private int drawn;

  private record Combination(Colour colour, Kind kind, Motion motion) {}

  public SceneSampler(long seed) {
    random = new SplittableRandom(seed);
    order = new Random(random.nextLong());
    for (Colour colour : Colour.values()) {
      for (Kind kind : Kind.values()) {
        for (Motion motion : Motion.values()) {
          combinations.add(new Combination(colour, kind, motion));
        }
      }
    }
    drawn = combinations.size();
  }

  public Scene next() {
    if (drawn == combinations.size()) {
      Collections.shuffle(combinations, order);
      drawn = 0;
    }
    Combination combination = combinations.get(drawn++);
    return next(combination.colour, combination.kind, combination.motion);
  }

  public Scene next(Colour colour, Kind kind, Motion motion) {
    int rgb = colour.pick(random);
    double aspect =
        random.nextDouble() < 0.7
            ? USUAL_ASPECTS[random.nextInt(USUAL_ASPECTS.length)]
            : random.nextDouble(1, WIDEST);
    Figure figure = Figures.draw(kind, rgb, random);
    Degradation degradation = Degradations.draw(random);
    Course course = new CourseSampler(random, figure, aspect, degradation.shake()).draw(motion);
    Background background = Backgrounds.draw(rgb, random);
    return new Scene(
        colour,
        kind,
        motion,
        rgb,
        figure,
        course,
        aspect,
        background,
        degradation,
        random.nextLong());
  }
}
