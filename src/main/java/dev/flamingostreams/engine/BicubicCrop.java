package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.Preprocessing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scales an image with {@link BicubicKernel}, crops its centre and normalises it, to the level as
 * the transforms of open_clip (torchvision), Hugging Face (the processor on PIL) and timm do with
 * an RGB image.
 *
 * <p>JPEG: 54 files of PIL (quality 30 to 95, all its subsamplings, progressive or not) gave the
 * same levels in PIL with libjpeg-turbo, in a JDK that uses that library and in one that brings its
 * own. A colour profile in the file makes a difference: the JDK converts to sRGB, the references
 * leave the levels as they are. Alpha is dropped, not blended.
 */
final class BicubicCrop implements Preprocessor {
  private static final double MIN_FRACTION = 1 / 16.0;
  private static final int HALF = 1 << (BicubicKernel.PRECISION_BITS - 1);

  private final int side;
  private final int scaledSide;
  private final Preprocessing.Resize resize;
  private final Preprocessing.CropRounding rounding;
  private final float[][] normalised = new float[3][256];
  private volatile @Nullable Plan last;

  /**
   * For one model.
   *
   * @param side of the output in pixels
   * @param how {@code CROP} or {@code SQUASH}
   */
  BicubicCrop(int side, Preprocessing how) {
    if (!(how.cropFraction() >= MIN_FRACTION && how.cropFraction() <= 1)) {
      throw new IllegalArgumentException(
          "cropFraction is %s, must be %s to 1".formatted(how.cropFraction(), MIN_FRACTION));
    }
    this.side = side;
    this.scaledSide = (int) Math.floor(side / how.cropFraction());
    this.resize = how.resize();
    this.rounding = how.cropRounding();
    for (int c = 0; c < 3; c++) {
      for (int level = 0; level < 256; level++) {
        normalised[c][level] = (level / 255f - how.mean().get(c)) / how.std().get(c);
      }
    }
  }

  /** The kernels for images of one size; the frames of a stream share it. */
  private record Plan(int width, int height, BicubicKernel columns, BicubicKernel rows) {
    boolean suits(Pixels image) {
      return width == image.width() && height == image.height();
    }
  }

  @Override
  public float[] apply(Pixels image) {
    Plan plan = plan(image);
    return normalise(scale(image, plan.columns, plan.rows));
  }

  private Plan plan(Pixels image) {
    Plan plan = last;
    if (plan == null || !plan.suits(image)) {
      int shortest = Math.min(image.width(), image.height());
      plan =
          new Plan(
              image.width(),
              image.height(),
              kernel(image.width(), shortest),
              kernel(image.height(), shortest));
      last = plan;
    }
    return plan;
  }

  private BicubicKernel kernel(int size, int shortest) {
    int scaled =
        resize == Preprocessing.Resize.SQUASH
            ? scaledSide
            : Math.toIntExact((long) scaledSide * size / shortest);
    return new BicubicKernel(size, scaled, offset(scaled - side), side);
  }

  private int offset(int surplus) {
    return rounding == Preprocessing.CropRounding.DOWN
        ? surplus / 2
        : (int) Math.rint(surplus / 2.0);
  }

  /**
   * Sums {@code [3, side, side]}. Each row of the image is narrowed, then added where it counts.
   */
  private int[] scale(Pixels image, BicubicKernel columns, BicubicKernel rows) {
    int[] sums = new int[3 * side * side];
    Arrays.fill(sums, HALF);
    int[] rgb = new int[3 * columns.inputs()];
    int[] narrow = new int[3 * side];
    int first = 0;
    for (int y = rows.begin(); y < rows.end(); y++) {
      image.row(y, columns.begin(), columns.inputs(), rgb);
      narrow(rgb, columns, narrow);
      while (rows.end(first) <= y) {
        first++;
      }
      for (int out = first; out < side && rows.begin(out) <= y; out++) {
        add(narrow, rows.weight(out, y), out, sums);
      }
    }
    return sums;
  }

  private void narrow(int[] rgb, BicubicKernel columns, int[] narrow) {
    for (int x = 0; x < side; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int at = 3 * (columns.begin(x) - columns.begin());
      for (int i = columns.begin(x); i < columns.end(x); i++) {
        int weight = columns.weight(x, i);
        red += weight * rgb[at++];
        green += weight * rgb[at++];
        blue += weight * rgb[at++];
      }
      narrow[x] = level(red);
      narrow[side + x] = level(green);
      narrow[2 * side + x] = level(blue);
    }
  }

  private void add(int[] narrow, int weight, int y, int[] sums) {
    for (int c = 0; c < 3; c++) {
      int to = (c * side + y) * side;
      for (int x = 0; x < side; x++) {
        sums[to + x] += weight * narrow[c * side + x];
      }
    }
  }

  private static int level(int sum) {
    return Math.max(0, Math.min(255, sum >> BicubicKernel.PRECISION_BITS));
  }

  private float[] normalise(int[] sums) {
    float[] result = new float[sums.length];
    int plane = side * side;
    for (int c = 0; c < 3; c++) {
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        result[i] = normalised[c][level(sums[i])];
      }
    }
    return result;
  }
}
