package dev.flamingostreams.schema;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The images that a task stored or read last, up to a number of bytes: most clips are described
 * while their frames are among them, and the store is not asked. For one thread.
 */
final class RecentImages {
  private final long maxBytes;
  private final LinkedHashMap<Bytes, byte[]> images = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecentImages(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  byte @Nullable [] get(Bytes key) {
    return images.get(key);
  }

  void put(Bytes key, byte[] image) {
    remove(key);
    images.put(key, image);
    bytes += image.length;
    Iterator<Map.Entry<Bytes, byte[]>> eldest = images.entrySet().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      bytes -= eldest.next().getValue().length;
      eldest.remove();
    }
  }

  void remove(Bytes key) {
    byte[] image = images.remove(key);
    bytes -= image == null ? 0 : image.length;
  }

  void clear() {
    images.clear();
    bytes = 0;
  }

  long bytes() {
    return bytes;
  }
}
