package dev.flamingostreams.bench.streams;

/**
 * How many cameras are watched.
 *
 * @param rate frames of each camera per second, all sampled
 * @param seconds that are filmed, the first windows, which warm up, included
 */
public record CamerasPlan(int cameras, int rate, int seconds) {
  /** 25 cameras at 3 frames a second for a minute. */
  public static CamerasPlan defaults() {
    return new CamerasPlan(25, 3, 60);
  }

  public CamerasPlan {
    Plans.require("cameras", cameras, 1, 10_000);
    Plans.require("rate", rate, 2, 7);
    Plans.require("seconds", seconds, 4 * CamerasBench.WINDOW_SECONDS, 24 * 3600);
  }
}
