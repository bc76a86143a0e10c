package dev.flamingostreams.flamingo;

import java.util.stream.LongStream;

/**
 * How the capture times of a clip's frames become positions between the temporal embeddings. All
 * but {@link #CLOCK} are there to measure what it contributes.
 */
public enum FrameTiming {
  /** True to the clock: see {@link TemporalInterpolation}. */
  CLOCK,
  /** As if the frames were evenly spaced: what is done where only their number is known. */
  INDEX,
  /** The temporal embeddings are zero: the order of the frames is not seen. */
  NONE;

  /**
   * Row-major {@code [T, embeddings]}.
   *
   * @param captureMicros strictly increasing
   */
  public float[] weights(long[] captureMicros, int embeddings) {
    int frames = captureMicros.length;
    return switch (this) {
      case CLOCK -> TemporalInterpolation.weights(captureMicros, embeddings);
      case INDEX ->
          TemporalInterpolation.weights(LongStream.range(0, frames).toArray(), embeddings);
      case NONE -> new float[frames * embeddings];
    };
  }
}
