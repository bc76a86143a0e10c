package dev.flamingostreams.training.scenes;

/**
 * Everything that defines one clip.
 *
 * @param rgb the object's colour as 0xRRGGBB
 * @param aspect width over height of the frame as seen, 1 to 16/9
 * @param seed of the noise
 */
public record Scene(
    Colour colour,
    Kind kind,
    Motion motion,
    int rgb,
    Figure figure,
    Course course,
    double aspect,
    Background background,
    Degradation degradation,
    long seed) {

  /** The truth, such as {@code an orange car turns back}. */
  public String caption() {
    return colour.withArticle() + " " + kind.word() + " " + motion.words();
  }

  /** The object at time {@code u}, 0 at the clip's beginning and 1 at its end. */
  public State at(double u) {
    return course.at(u);
  }

  /** Size of the object's longer side when largest, as a fraction of the frame's height. */
  public double fullSize() {
    return Math.max(course.from().size(), course.to().size());
  }
}
