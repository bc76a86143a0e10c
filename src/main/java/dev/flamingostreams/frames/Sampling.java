package dev.flamingostreams.frames;

/**
 * Which pictures of a video become frames, and how they are encoded.
 *
 * @param rate frames per second of the video's clock; a slower video gives all that it has
 * @param maxSide longer side in pixels; larger pictures are scaled down, smaller ones stay
 * @param quality of the JPEG, above 0 to 1
 */
public record Sampling(double rate, int maxSide, double quality) {
  /** Three times what the default model looks at, and still a picture for people. */
  public static final int DEFAULT_MAX_SIDE = 320;

  /** Frames per second. */
  public static final int MOST_RATE = 1_000;

  public static final double DEFAULT_RATE = 10;
  public static final double DEFAULT_QUALITY = 0.85;

  public static final Sampling DEFAULT =
      new Sampling(DEFAULT_RATE, DEFAULT_MAX_SIDE, DEFAULT_QUALITY);

  private static final int LARGEST_SIDE = 4_096;

  public Sampling {
    require(
        rate > 0 && rate <= MOST_RATE, "rate", rate, "above 0 and at most 1000 frames a second");
    require(maxSide >= 16 && maxSide <= LARGEST_SIDE, "size", maxSide, "16 to 4096 pixels");
    require(quality > 0 && quality <= 1, "quality", quality, "above 0 and at most 1");
  }

  /** The same pictures at another rate. */
  public Sampling withRate(double framesPerSecond) {
    return new Sampling(framesPerSecond, maxSide, quality);
  }

  /** So that a video of that length gives {@code frames} frames, evenly spread over it. */
  public Sampling spread(int frames, long durationMicros) {
    return withRate(Math.min(MOST_RATE, frames * 1e6 / Math.max(1, durationMicros)));
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s %s must be %s".formatted(name, value, range));
    }
  }
}
