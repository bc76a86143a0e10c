package dev.flamingostreams.tensor;

/**
 * How a convolution moves over an image.
 *
 * @param before rows of zeros above the image and columns left of it
 * @param after rows of zeros below and columns right
 * @param groups of channels that do not see each other
 */
public record Convolution(int stride, int before, int after, int groups) {

  public static Convolution of(int stride, int padding) {
    return new Convolution(stride, padding, padding, 1);
  }

  /** Pads so that the output has {@code ceil(side / stride)} rows; the odd row goes below. */
  public static Convolution same(int stride, int kernel, long side, int groups) {
    long out = (side + stride - 1) / stride;
    int padding = Math.toIntExact(Math.max(0, (out - 1) * stride + kernel - side));
    return new Convolution(stride, padding / 2, padding - padding / 2, groups);
  }
}
