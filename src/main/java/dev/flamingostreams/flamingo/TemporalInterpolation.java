package dev.flamingostreams.flamingo;

/**
 * Where the frames of a clip lie between the learnt temporal embeddings: with 8 embeddings frame i
 * is at position 7·(t_i − t_0)/(t_last − t_0) and takes the linear interpolation of its two
 * neighbours (Flamingo, appendix on video: 8 frames learnt, 30 described).
 */
public final class TemporalInterpolation {
  private TemporalInterpolation() {}

  /**
   * Row-major {@code [T, embeddings]}; each row sums to 1.
   *
   * @param captureMicros strictly increasing
   */
  public static float[] weights(long[] captureMicros, int embeddings) {
    int frames = captureMicros.length;
    float[] weights = new float[frames * embeddings];
    double span = frames == 1 ? 1 : (double) (captureMicros[frames - 1] - captureMicros[0]);
    for (int i = 0; i < frames; i++) {
      double position = (embeddings - 1) * ((captureMicros[i] - captureMicros[0]) / span);
      int left = Math.min((int) position, Math.max(embeddings - 2, 0));
      double right = position - left;
      weights[i * embeddings + left] = (float) (1 - right);
      if (right > 0) {
        weights[i * embeddings + left + 1] = (float) right;
      }
    }
    return weights;
  }
}
