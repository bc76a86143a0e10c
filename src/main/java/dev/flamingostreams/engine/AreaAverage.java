package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Preprocessing;

/**
 * Stretches an image to a square and normalises it. Each output pixel is the mean of the area of
 * the input that it covers, parts of pixels counted as such.
 */
final class AreaAverage implements Preprocessor {
  private final int side;
  private final float[] factors = new float[3];
  private final float[] offsets = new float[3];

  /**
   * For one model.
   *
   * @param side of the output in pixels
   * @param how mean and std are looked at
   */
  AreaAverage(int side, Preprocessing how) {
    this.side = side;
    for (int c = 0; c < 3; c++) {
      factors[c] = 1 / (255 * how.std().get(c));
      offsets[c] = -how.mean().get(c) / how.std().get(c);
    }
  }

  @Override
  public float[] apply(Pixels image) {
    Spans columns = new Spans(image.width(), side);
    Spans rows = new Spans(image.height(), side);
    int[] rgb = new int[3 * image.width()];
    float[] narrow = new float[3 * side];
    float[] result = new float[3 * side * side];
    int loaded = -1;
    for (int y = 0; y < side; y++) {
      for (int i = rows.first(y); i <= rows.last(y); i++) {
        if (i != loaded) {
          image.row(i, 0, image.width(), rgb);
          narrow(rgb, columns, narrow);
          loaded = i;
        }
        add(narrow, rows.share(y, i), y, result);
      }
    }
    normalise(result);
    return result;
  }

  private void narrow(int[] rgb, Spans columns, float[] narrow) {
    for (int x = 0; x < side; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int i = columns.first(x); i <= columns.last(x); i++) {
        float share = columns.share(x, i);
        red += share * rgb[3 * i];
        green += share * rgb[3 * i + 1];
        blue += share * rgb[3 * i + 2];
      }
      narrow[x] = red;
      narrow[side + x] = green;
      narrow[2 * side + x] = blue;
    }
  }

  private void add(float[] narrow, float share, int y, float[] result) {
    for (int c = 0; c < 3; c++) {
      int to = (c * side + y) * side;
      for (int x = 0; x < side; x++) {
        result[to + x] += share * narrow[c * side + x];
      }
    }
  }

  private void normalise(float[] result) {
    int plane = side * side;
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] * factors[i / plane] + offsets[i / plane];
    }
  }

  /** Which input pixels each output pixel covers along one axis, and by how much. */
  private static final class Spans {
    private final int from;
    private final int to;
    private final int[] starts;
    private final float[] shares;

    Spans(int from, int to) {
      this.from = from;
      this.to = to;
      starts = new int[to + 1];
      for (int out = 0; out < to; out++) {
        starts[out + 1] = starts[out] + last(out) - first(out) + 1;
      }
      shares = new float[starts[to]];
      for (int out = 0; out < to; out++) {
        for (int in = first(out); in <= last(out); in++) {
          shares[starts[out] + in - first(out)] = covered(out, in);
        }
      }
    }

    int first(int out) {
      return (int) ((long) out * from / to);
    }

    int last(int out) {
      return (int) (((long) (out + 1) * from - 1) / to);
    }

    float share(int out, int in) {
      return shares[starts[out] + in - first(out)];
    }

    private float covered(int out, int in) {
      // in units of 1/to of an input pixel, of which an output pixel covers `from`
      long begin = Math.max((long) out * from, (long) in * to);
      long end = Math.min((long) (out + 1) * from, (long) (in + 1) * to);
      return (float) (end - begin) / from;
    }
  }
}
