package dev.flamingostreams.training.scenes;

import java.util.random.RandomGenerator;

/** Times, 0 at a clip's beginning and 1 at its end, at which frames are taken. */
public final class SampleTimes {
  private static final double MOST_JITTER = 0.3;
  private static final double SHARE_END_TO_END = 0.25;

  private SampleTimes() {}

  /** The middles of equal parts of the clip. */
  public static double[] even(int frames) {
    double[] times = new double[frames];
    for (int i = 0; i < frames; i++) {
      times[i] = (i + 0.5) / frames;
    }
    return times;
  }

  /**
   * Increasing times as a camera gives them: a grid that begins anywhere in the first part of the
   * clip, or one from end to end, and of half of the grids the frames are off by up to 0.3 parts.
   */
  public static double[] jittered(int frames, RandomGenerator random) {
    boolean endToEnd = frames > 1 && random.nextDouble() < SHARE_END_TO_END;
    double start = endToEnd ? 0 : random.nextDouble();
    double parts = endToEnd ? frames - 1 : frames;
    double jitter = random.nextBoolean() ? 0 : random.nextDouble(MOST_JITTER);
    double[] times = new double[frames];
    for (int i = 0; i < frames; i++) {
      double off = jitter * random.nextDouble(-1, 1);
      times[i] = Math.max(0, Math.min(1, (i + start + off) / parts));
    }
    return times;
  }
}
