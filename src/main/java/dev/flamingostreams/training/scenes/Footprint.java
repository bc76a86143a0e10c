package dev.flamingostreams.training.scenes;

/** The box around an object in a frame, in fractions of the frame's width and height. */
public record Footprint(double x, double y, double width, double height) {
  private static final Footprint NONE = new Footprint(-9, -9, 0, 0);
  private static final double CORE = 0.8;

  /** Far outside of the frame while the object is not visible. */
  public static Footprint of(Figure figure, Course course, double u, double aspect) {
    State state = course.at(u);
    return state.visible()
        ? new Footprint(
            state.x(),
            state.y(),
            figure.width() * state.size() / aspect,
            figure.height() * state.size())
        : NONE;
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
