package dev.flamingostreams.training.scenes;

import java.util.SplittableRandom;

/**
 * Two colours and the pattern in which they mix.
 *
 * @param angle of the pattern in radians
 * @param scale of the pattern as a fraction of the frame's height
 */
record Background(Pattern pattern, int rgb, int otherRgb, double angle, double scale, long seed)
    implements Backdrop {
  enum Pattern {
    PLAIN,
    LINEAR,
    RADIAL,
    CLOUDS,
    SPECKLE,
    STRIPES,
    CHECKER,
    DOTS,
    BUSY
  }

  private static final int LATTICE = 64;
  private static final int PATCHES = 40;

  /** The mixture at {@code t} in 0..1. */
  int mixture(double t) {
    return Colour.mixture(rgb, otherRgb, t);
  }

  @Override
  public int[] paint(int width, int height, double aspect, int marginX, int marginY) {
    int columns = width + 2 * marginX;
    int rows = height + 2 * marginY;
    int[] pixels = new int[columns * rows];
    int[] palette = new int[256];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = mixture(i / 255.0);
    }
    Field field = field(aspect, aspect / width, 1.0 / height);
    for (int row = 0; row < rows; row++) {
      double y = (row - marginY + 0.5) / height;
      for (int column = 0; column < columns; column++) {
        double x = (column - marginX + 0.5) * aspect / width;
        double t = pattern == Pattern.PLAIN ? 0 : field.at(x, y);
        pixels[row * columns + column] = palette[(int) (255 * Math.max(0, Math.min(1, t)) + 0.5)];
      }
    }
    return pixels;
  }

  private interface Field {
    double at(double x, double y);
  }

  /** Pixel sizes soften the edges of a pattern as an average over the pixel's area would. */
  private Field field(double aspect, double pixelWidth, double pixelHeight) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double alongPixel = Math.abs(cos) * pixelWidth + Math.abs(sin) * pixelHeight;
    double acrossPixel = Math.abs(sin) * pixelWidth + Math.abs(cos) * pixelHeight;
    return switch (pattern) {
      case PLAIN -> (x, y) -> 0;
      case LINEAR -> {
        double half = (Math.abs(cos) * aspect + Math.abs(sin)) / 2;
        yield (x, y) -> 0.5 + ((x - aspect / 2) * cos + (y - 0.5) * sin) / (2 * half);
      }
      case RADIAL -> {
        double cx = aspect * (0.5 + 0.4 * cos);
        double cy = 0.5 + 0.4 * sin;
        yield (x, y) -> Math.hypot(x - cx, y - cy) / (0.9 * aspect);
      }
      case CLOUDS -> {
        float[] lattice = lattice();
        yield (x, y) ->
            0.65 * smooth(lattice, x / scale, y / scale)
                + 0.35 * smooth(lattice, 2.1 * x / scale + 17, 2.1 * y / scale + 31);
      }
      case SPECKLE -> {
        float[] lattice = lattice();
        yield (x, y) -> smooth(lattice, x / scale, y / scale);
      }
      case STRIPES -> (x, y) -> 0.5 + 0.5 * square((x * cos + y * sin) / scale, alongPixel / scale);
      case CHECKER ->
          (x, y) ->
              0.5
                  + 0.5
                      * square((x * cos + y * sin) / scale, alongPixel / scale)
                      * square((y * cos - x * sin) / scale, acrossPixel / scale);
      case DOTS ->
          (x, y) -> {
            double u = (x * cos + y * sin) / scale;
            double v = (y * cos - x * sin) / scale;
            double r = Math.hypot(u - Math.rint(u), v - Math.rint(v));
            return 0.5 + (0.3 - r) * scale / alongPixel;
          };
      case BUSY -> patches(aspect);
    };
  }

  /** Boxes and discs over each other. */
  private Field patches(double aspect) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] patches = random.doubles(5L * PATCHES).toArray();
    return (x, y) -> {
      double t = 0.5;
      for (int i = 0; i < patches.length; i += 5) {
        double dx = Math.abs(x - patches[i] * aspect) / (scale * (0.4 + patches[i + 2]));
        double dy = Math.abs(y - patches[i + 1]) / (scale * (0.4 + patches[i + 3]));
        boolean inside = i % 2 == 0 ? Math.max(dx, dy) < 1 : dx * dx + dy * dy < 1;
        t = inside ? patches[i + 4] : t;
      }
      return t;
    };
  }

  private float[] lattice() {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[LATTICE * LATTICE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static double smooth(float[] lattice, double x, double y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    double fx = x - column;
    double fy = y - row;
    fx = fx * fx * (3 - 2 * fx);
    fy = fy * fy * (3 - 2 * fy);
    double top = value(lattice, column, row) * (1 - fx) + value(lattice, column + 1, row) * fx;
    double bottom =
        value(lattice, column, row + 1) * (1 - fx) + value(lattice, column + 1, row + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }

  private static float value(float[] lattice, int column, int row) {
    return lattice[(row & LATTICE - 1) * LATTICE + (column & LATTICE - 1)];
  }

  /** A square wave of period 2 between -1 and 1, with ramps as wide as a pixel. */
  private static double square(double t, double pixel) {
    double phase = t - 2 * Math.floor(t / 2);
    double fromEdge = Math.min(Math.min(phase, 2 - phase), Math.abs(phase - 1));
    double ramp = Math.min(1, 2 * fromEdge / pixel);
    return phase < 1 ? ramp : -ramp;
  }
}
