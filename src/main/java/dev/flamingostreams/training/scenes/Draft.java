package dev.flamingostreams.training.scenes;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of a figure in any units. */
final class Draft {
  private final List<Figure.Part> parts = new ArrayList<>();
  private final int rgb;

  Draft(int rgb) {
    this.rgb = rgb;
  }

  int rgb() {
    return rgb;
  }

  Draft add(Shape shape) {
    return add(shape, rgb);
  }

  Draft add(Shape shape, int partRgb) {
    parts.add(new Figure.Part(shape, partRgb));
    return this;
  }

  /** Turns and mirrors all parts. */
  Draft transform(AffineTransform transform) {
    parts.replaceAll(p -> new Figure.Part(transform.createTransformedShape(p.shape()), p.rgb()));
    return this;
  }

  /** Draws a line of the given width around the whole, below its parts. */
  Draft outline(double width, int lineRgb) {
    BasicStroke stroke =
        new BasicStroke((float) (2 * width), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    List<Figure.Part> lines = new ArrayList<>();
    for (Figure.Part part : parts) {
      lines.add(new Figure.Part(stroke.createStrokedShape(part.shape()), lineRgb));
    }
    parts.addAll(0, lines);
    return this;
  }

  Figure figure() {
    return Figure.of(parts);
  }

  static Shape disc(double x, double y, double radius) {
    return ellipse(x, y, radius, radius);
  }

  static Shape ellipse(double x, double y, double rx, double ry) {
    return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
  }

  static Shape box(double left, double top, double right, double bottom) {
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  static Shape roundBox(double left, double top, double right, double bottom, double radius) {
    return new RoundRectangle2D.Double(
        left, top, right - left, bottom - top, 2 * radius, 2 * radius);
  }

  /** A closed polygon through x, y, x, y... */
  static Path2D polygon(double... xy) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** A thick line with round ends, through x, y, x, y... */
  static Shape limb(double width, double... xy) {
    Path2D path = new Path2D.Double(new Line2D.Double(xy[0], xy[1], xy[2], xy[3]));
    for (int i = 4; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        .createStrokedShape(path);
  }

  /** The outer shape with the inner ones cut out of it, which must lie wholly inside. */
  static Shape cut(Shape outer, List<Shape> holes) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    path.append(outer, false);
    holes.forEach(hole -> path.append(hole, false));
    return path;
  }
}
