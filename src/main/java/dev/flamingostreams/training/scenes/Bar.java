package dev.flamingostreams.training.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A post or a beam across the whole frame, that objects pass behind.
 *
 * @param upright whether it is a post
 * @param from its left or upper edge, as a fraction of the frame's width or height
 * @param to the other edge
 */
public record Bar(boolean upright, double from, double to, int rgb) {

  /** How much of a span it hides, 0 to 1. */
  double hides(double low, double high) {
    return Math.max(0, Math.min(high, to) - Math.max(low, from)) / (high - low);
  }

  void draw(Graphics2D graphics, int width, int height, double shakeX, double shakeY) {
    graphics.setColor(new Color(rgb));
    graphics.fill(
        upright
            ? new Rectangle2D.Double(from * width + shakeX, 0, (to - from) * width, height)
            : new Rectangle2D.Double(0, from * height + shakeY, width, (to - from) * height));
  }
}
