package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Features of the frames that were used last, up to a number of bytes. Thread-safe. */
final class FeatureCache {
  private final long maxBytes;
  private final LinkedHashMap<FrameKey, Buffer> features = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<FrameKey> unasked = new HashSet<>();
  private long bytes;
  private long unaskedBytes;

  FeatureCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized @Nullable Buffer get(FrameKey key) {
    Buffer found = features.get(key);
    if (found != null) {
      asked(key, found);
    }
    return found;
  }

  /** Whether {@link #get} would find it; it does not count as used. */
  synchronized boolean contains(FrameKey key) {
    return features.containsKey(key);
  }

  synchronized void put(FrameKey key, Buffer value) {
    Buffer old = features.put(key, value);
    if (old != null) {
      asked(key, old);
      bytes -= Features.bytes(old);
    }
    bytes += Features.bytes(value);
    var eldest = features.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Map.Entry<FrameKey, Buffer> entry = eldest.next();
      bytes -= Features.bytes(entry.getValue());
      asked(entry.getKey(), entry.getValue());
      eldest.remove();
    }
  }

  /** Features that no clip has asked for yet. */
  synchronized void putAhead(FrameKey key, Buffer value) {
    put(key, value);
    if (features.containsKey(key) && unasked.add(key)) {
      unaskedBytes += Features.bytes(value);
    }
  }

  /** More ahead of the clips would drive out what their clips have not asked for. */
  synchronized boolean hasRoomAhead() {
    return unaskedBytes < maxBytes / 2;
  }

  synchronized long bytes() {
    return bytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  private void asked(FrameKey key, Buffer value) {
    if (unasked.remove(key)) {
      unaskedBytes -= Features.bytes(value);
    }
  }
}
