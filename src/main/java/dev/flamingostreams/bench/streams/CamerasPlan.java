package dev.flamingostreams.bench.streams;

import dev.flamingostreams.bench.Bounds;

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
    Bounds.require("cameras", cameras, 1, 10_000);
    Bounds.require("rate", rate, 2, 7);
    Bounds.require("seconds", seconds, 4 * CamerasBench.WINDOW_SECONDS, 24 * 3600);
  }
}
