package dev.flamingostreams.training.scenes;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Things over each other down to the smallest, as in "dead leaves" models of natural images (Lee,
 * Mumford and Huang 2001): what a real place looks like to one who knows nothing in it.
 *
 * @param style of the things
 * @param count of them
 * @param largest as a fraction of the frame's height
 * @param rgb about which the colours lie
 * @param spread of the colours, 0 to 1
 */
record Clutter(Style style, int count, double largest, int rgb, double spread, long seed)
    implements Backdrop {
  enum Style {
    LEAVES,
    BOXES,
    STROKES,
    MIXED
  }

  private static final double SMALLEST = 0.015;

  static Clutter draw(RandomGenerator random) {
    Style[] styles = Style.values();
    return new Clutter(
        styles[random.nextInt(styles.length)],
        (int) Math.round(Math.exp(random.nextDouble(Math.log(12), Math.log(400)))),
        random.nextDouble(0.15, 0.7),
        StrangeFigures.colour(random),
        random.nextDouble(0.1, 1),
        random.nextLong());
  }

  @Override
  public int[] paint(int width, int height, double aspect, int marginX, int marginY) {
    int columns = width + 2 * marginX;
    int rows = height + 2 * marginY;
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(rgb));
    graphics.fillRect(0, 0, columns, rows);
    graphics.translate(marginX, marginY);
    graphics.scale(width / aspect, height);
    SplittableRandom random = new SplittableRandom(seed);
    double spareX = (double) marginX / width;
    double spareY = (double) marginY / height;
    for (int i = 0; i < count; i++) {
      double x = aspect * random.nextDouble(-spareX, 1 + spareX);
      double y = random.nextDouble(-spareY, 1 + spareY);
      graphics.setColor(new Color(near(random)));
      graphics.fill(
          AffineTransform.getTranslateInstance(x, y).createTransformedShape(shape(random)));
    }
    graphics.dispose();
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /** Sizes by a power law: few are large, many small. */
  private Shape shape(SplittableRandom random) {
    double u = random.nextDouble();
    double size = 1 / Math.sqrt(u / sq(largest) + (1 - u) / sq(SMALLEST * (1 + 40.0 / count)));
    double flat = random.nextDouble(0.2, 1);
    Style[] plain = {Style.LEAVES, Style.BOXES, Style.STROKES};
    Shape shape =
        switch (style == Style.MIXED ? plain[random.nextInt(plain.length)] : style) {
          case BOXES -> Draft.box(-size, -size * flat, size, size * flat);
          case STROKES -> stroke(size, random);
          default -> Draft.ellipse(0, 0, size, size * flat);
        };
    double turn =
        style == Style.BOXES ? Math.PI / 2 * random.nextInt(2) : random.nextDouble(2 * Math.PI);
    return AffineTransform.getRotateInstance(turn).createTransformedShape(shape);
  }

  private static Shape stroke(double size, SplittableRandom random) {
    double bend = random.nextDouble(-size, size);
    Shape line = Draft.polygon(-2 * size, 0, 0, bend, 2 * size, 0, 0, bend);
    return new BasicStroke((float) (size * random.nextDouble(0.05, 0.4))).createStrokedShape(line);
  }

  private static double sq(double x) {
    return x * x;
  }

  private int near(SplittableRandom random) {
    double light = random.nextDouble(-1, 1);
    int near = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double level = (rgb >> shift & 255) + 128 * spread * (light + random.nextDouble(-0.6, 0.6));
      near |= (int) Math.max(0, Math.min(255, level)) << shift;
    }
    return near;
  }
}
