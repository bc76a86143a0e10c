package dev.flamingostreams.engine;

/** A way to run a model stage by stage, to compare it with another. For one thread. */
public interface ModelPath extends AutoCloseable {

  /**
   * Clips as the model takes them, all of one length, and what it is to continue for each.
   *
   * @param pixels normalised, {@code [clips, frames, 3, H, W]}
   * @param captureMicros of the frames of a clip, rising
   * @param prompt tokens; the live clip is its only media
   */
  record Work(int clips, int frames, float[] pixels, long[] captureMicros, int[] prompt) {}

  /**
   * What a run gave.
   *
   * @param tokens {@code [clips, N]}
   */
  record Pass(int[] tokens, long visionNanos, long resamplerNanos, long decodeNanos) {
    public long nanos() {
      return visionNanos + resamplerNanos + decodeNanos;
    }
  }

  Pass run(Work work);

  /** Such as {@code onnxruntime 1.21.1 cpu}. */
  String version();

  @Override
  void close();
}
