package dev.flamingostreams.training.scenes;

/**
 * A known object and what it does in the clip.
 *
 * @param rgb its colour as 0xRRGGBB
 */
public record Actor(
    Colour colour, Kind kind, Motion motion, int rgb, Figure figure, Course course) {

  /** Such as {@code an orange car turns back}. */
  public String sentence() {
    return noun() + " " + motion.words();
  }

  /** Such as {@code an orange car}. */
  public String noun() {
    return colour.withArticle() + " " + kind.word();
  }

  /** The object at time {@code u}, 0 at the clip's beginning and 1 at its end. */
  public State at(double u) {
    return course.at(u);
  }

  /** Size of the longer side when largest, as a fraction of the frame's height. */
  public double fullSize() {
    return Math.max(course.from().size(), course.to().size());
  }

  public Combination combination() {
    return new Combination(colour, kind, motion);
  }

  Actor reversed() {
    return new Actor(colour, kind, motion.reversed(), rgb, figure, course.reversed());
  }
}
