package dev.flamingostreams.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Features of the frames that were used last, up to a number of bytes. Thread-safe. */
final class FeatureCache {
  private final long maxBytes;
  private final LinkedHashMap<FrameKey, float[]> features = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  FeatureCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized float @Nullable [] get(FrameKey key) {
    return features.get(key);
  }

  synchronized void put(FrameKey key, float[] value) {
    float[] old = features.put(key, value);
    bytes += bytes(value) - (old == null ? 0 : bytes(old));
    var eldest = features.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Map.Entry<FrameKey, float[]> entry = eldest.next();
      bytes -= bytes(entry.getValue());
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  private static long bytes(float[] value) {
    return (long) Float.BYTES * value.length;
  }
}
