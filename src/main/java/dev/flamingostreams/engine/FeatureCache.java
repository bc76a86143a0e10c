package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Features of the frames that were used last, up to a number of bytes. Thread-safe. */
final class FeatureCache {
  private final long maxBytes;
  private final LinkedHashMap<FrameKey, Buffer> features = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  FeatureCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized @Nullable Buffer get(FrameKey key) {
    return features.get(key);
  }

  synchronized void put(FrameKey key, Buffer value) {
    Buffer old = features.put(key, value);
    bytes += Features.bytes(value) - (old == null ? 0 : Features.bytes(old));
    var eldest = features.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Map.Entry<FrameKey, Buffer> entry = eldest.next();
      bytes -= Features.bytes(entry.getValue());
      eldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
