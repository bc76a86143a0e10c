package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.training.scenes.Degradation;
import dev.flamingostreams.training.scenes.Motion;
import java.util.Locale;

/** What may happen from one clip of a scene to the next. */
enum Change {
  NOISE("nothing but noise, deviation of 1 level in 255", 1, 0, 0),
  MORE_NOISE("nothing but noise, 4 levels", 4, 0, 0),
  LITTLE_LIGHT("noise, and 2 % more light", 1, 0.02, 0),
  LIGHT("noise, and 10 % more light", 1, 0.1, 0),
  LITTLE_SHAKE("noise, and a camera that shakes by 0.3 % of the height", 1, 0, 0.003),
  SHAKE("noise, and a camera that shakes by 1 %", 1, 0, 0.01),
  MOVES_1("an object moves by 1 % of its way", Motion.MOVES_LEFT, 0.01),
  MOVES_2("an object moves by 2 %", Motion.MOVES_LEFT, 0.02),
  MOVES_5("an object moves by 5 %", Motion.MOVES_LEFT, 0.05),
  MOVES_50("an object moves by half", Motion.MOVES_LEFT, 0.5),
  GROWS("an object grows", Motion.GROWS, 0.5),
  APPEARS("an object appears", Motion.APPEARS, 0.5);

  /** Of the camera, from the beginning of the first clip to the end of the second. */
  private static final double SHAKES = 5;

  private final String words;
  private final Motion motion;
  private final double way;
  private final double noise;
  private final double light;
  private final double shake;

  Change(String words, double noise, double light, double shake) {
    this(words, Motion.STAYS_STILL, 0.5, noise, light, shake);
  }

  Change(String words, Motion motion, double way) {
    this(words, motion, way, 1, 0, 0);
  }

  Change(String words, Motion motion, double way, double noise, double light, double shake) {
    this.words = words;
    this.motion = motion;
    this.way = way;
    this.noise = noise;
    this.light = light;
    this.shake = shake;
  }

  /** Key of the report. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  String words() {
    return words;
  }

  Motion motion() {
    return motion;
  }

  /** Its drift is over both clips, twice of what light changes by from one to the other. */
  Degradation degradation() {
    return new Degradation(noise, noise / 2, 2 * light, 0, shake, SHAKES, 0, 0, 0);
  }

  /** Where in the scene the first clip begins. */
  double from() {
    return 0.5 - way;
  }

  /** Where in the scene the second clip ends. */
  double until() {
    return 0.5 + way;
  }
}
