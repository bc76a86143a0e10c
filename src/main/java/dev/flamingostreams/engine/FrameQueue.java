package dev.flamingostreams.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Frames to be encoded before any clip asks for them, up to a number of bytes of their images.
 * Beyond it the oldest is dropped, which loses nothing: its clip brings it again. Thread-safe.
 */
final class FrameQueue {
  private final long maxBytes;
  private final Map<FrameKey, byte[]> images = new LinkedHashMap<>();
  private long bytes;
  private long dropped;

  FrameQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A frame that waits already is not queued again. */
  synchronized void add(FrameKey key, byte[] image) {
    if (image.length > maxBytes) {
      dropped++;
      return;
    }
    if (images.putIfAbsent(key, image) != null) {
      return;
    }
    bytes += image.length;
    for (Iterator<byte[]> oldest = images.values().iterator(); bytes > maxBytes; ) {
      bytes -= oldest.next().length;
      oldest.remove();
      dropped++;
    }
  }

  /** The oldest frames, which wait no longer. */
  synchronized Map<FrameKey, byte[]> take(int most) {
    Map<FrameKey, byte[]> taken = new LinkedHashMap<>();
    var oldest = images.entrySet().iterator();
    while (taken.size() < most && oldest.hasNext()) {
      Map.Entry<FrameKey, byte[]> next = oldest.next();
      taken.put(next.getKey(), next.getValue());
      bytes -= next.getValue().length;
      oldest.remove();
    }
    return taken;
  }

  synchronized void remove(Set<FrameKey> keys) {
    for (FrameKey key : keys) {
      byte[] image = images.remove(key);
      bytes -= image == null ? 0 : image.length;
    }
  }

  /** Frames that found no room, since the engine opened. */
  synchronized long dropped() {
    return dropped;
  }
}
