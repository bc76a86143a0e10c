package dev.flamingostreams.engine;

import java.time.Duration;
import java.util.Map;

/**
 * What the threads of an engine know of frames together: the features of those that were encoded,
 * which are being encoded, and which are to be as soon as no clip waits.
 */
record FramePool(FeatureCache cache, FrameQueue waiting, FrameClaims claims) {
  private static final long WAITING_BYTES = 32L << 20;

  /**
   * @param patience with a thread that encodes a frame; then another does
   */
  static FramePool of(long cacheBytes, Duration patience) {
    return new FramePool(
        new FeatureCache(cacheBytes), new FrameQueue(WAITING_BYTES), new FrameClaims(patience));
  }

  /** Queues a frame that a clip will bring, unless it is known or at work. */
  void prepare(byte[] image) {
    if (cache.maxBytes() == 0) {
      return;
    }
    FrameKey key = FrameKey.of(image);
    if (!cache.contains(key) && !claims.contains(key)) {
      waiting.add(key, image);
    }
  }

  /** Frames to encode while no clip waits; none while too many of these have not been used. */
  Map<FrameKey, byte[]> take(int most) {
    return cache.hasRoomAhead() ? waiting.take(most) : Map.of();
  }
}
