package dev.flamingostreams.training.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * An object drawn about the origin with a longer side of 1, y downwards.
 *
 * @param parts filled one over the other
 * @param width of the whole, at most 1
 * @param height of the whole, at most 1
 */
public record Figure(List<Part> parts, double width, double height) {
  private static final double FLATNESS = 1e-3;

  /** An area of one colour. */
  public record Part(Shape shape, int rgb) {}

  /** Centres and scales the parts. */
  static Figure of(List<Part> parts) {
    Rectangle2D bounds = bounds(parts);
    double longer = Math.max(bounds.getWidth(), bounds.getHeight());
    AffineTransform normal = AffineTransform.getScaleInstance(1 / longer, 1 / longer);
    normal.translate(-bounds.getCenterX(), -bounds.getCenterY());
    List<Part> normalised = new ArrayList<>();
    for (Part part : parts) {
      normalised.add(new Part(new Path2D.Double(part.shape, normal), part.rgb));
    }
    return new Figure(
        List.copyOf(normalised), bounds.getWidth() / longer, bounds.getHeight() / longer);
  }

  // Shape.getBounds2D of a curve counts its control points too.
  private static Rectangle2D bounds(List<Part> parts) {
    double[] at = new double[6];
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (Part part : parts) {
      var points = new FlatteningPathIterator(part.shape.getPathIterator(null), FLATNESS);
      for (; !points.isDone(); points.next()) {
        points.currentSegment(at);
        left = Math.min(left, at[0]);
        right = Math.max(right, at[0]);
        top = Math.min(top, at[1]);
        bottom = Math.max(bottom, at[1]);
      }
    }
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }
}
