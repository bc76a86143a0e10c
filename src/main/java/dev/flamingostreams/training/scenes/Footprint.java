package dev.flamingostreams.training.scenes;

/** The box around an object in a frame, in fractions of the frame's width and height. */
public record Footprint(double x, double y, double width, double height) {
  private static final Footprint NONE = new Footprint(-9, -9, 0, 0);
  private static final double CORE = 0.8;

  /** Far outside of the frame while the object is not visible. */
  public static Footprint of(Figure figure, Course course, double u, double aspect) {
    State state = course.at(u);
    return state.visible() ? around(figure, state, aspect) : NONE;
  }

  /** Whether it is visible or not. */
  static Footprint around(Figure figure, State state, double aspect) {
    return new Footprint(
        state.x(),
        state.y(),
        figure.width() * state.size() / aspect,
        figure.height() * state.size());
  }

  /** The common area of both, as a share of the smaller one. */
  double overlap(Footprint other) {
    double across = common(x, width, other.x, other.width);
    double along = common(y, height, other.y, other.height);
    return across * along / Math.min(width * height, other.width * other.height);
  }

  private static double common(double centre, double size, double other, double otherSize) {
    double low = Math.max(centre - size / 2, other - otherSize / 2);
    double high = Math.min(centre + size / 2, other + otherSize / 2);
    return Math.max(0, high - low);
  }

  /** Whether the object fills most of a square region, or its centre lies in it. */
  public boolean covers(double centreX, double centreY, double side) {
    return Math.abs(centreX - x) <= Math.max(CORE * width, side) / 2
        && Math.abs(centreY - y) <= Math.max(CORE * height, side) / 2;
  }

  public boolean touches(double centreX, double centreY, double side) {
    return Math.abs(centreX - x) <= (width + side) / 2
        && Math.abs(centreY - y) <= (height + side) / 2;
  }
}
