package dev.flamingostreams.dashboard;

import dev.flamingostreams.schema.Frame;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last frames of each camera, as many as fit into a number of bytes altogether. When they no
 * longer do, the oldest of the camera that takes most is dropped. Not thread-safe.
 */
final class RecentFrames {
  /** What the maps have of a frame beside its image, about. */
  static final long OVERHEAD_BYTES = 200;

  private final long maxBytes;
  private final Map<Integer, Reel> reels = new HashMap<>();
  private long bytes;

  /**
   * A frame and when it came.
   *
   * @param arrivedMillis by the wall clock of whoever sent it
   */
  record Kept(Frame frame, long arrivedMillis) {}

  RecentFrames(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(int camera, Kept kept) {
    bytes += reels.computeIfAbsent(camera, id -> new Reel()).add(kept);
    while (bytes > maxBytes) {
      Reel longest = longest();
      if (longest.frames.size() < 2) {
        return; // each camera keeps its latest
      }
      bytes -= longest.drop();
    }
  }

  @Nullable Kept at(int camera, long captureMicros) {
    Reel reel = reels.get(camera);
    return reel == null ? null : reel.frames.get(captureMicros);
  }

  @Nullable Kept latest(int camera) {
    Reel reel = reels.get(camera);
    return reel == null ? null : reel.latest;
  }

  long bytes() {
    return bytes;
  }

  private Reel longest() {
    Reel longest = null;
    for (Reel reel : reels.values()) {
      if (longest == null
          || (reel.frames.size() > 1 && reel.bytes > longest.bytes)
          || longest.frames.size() < 2) {
        longest = reel;
      }
    }
    if (longest == null) {
      throw new IllegalStateException("no camera, yet %d bytes".formatted(bytes));
    }
    return longest;
  }

  /** One camera's frames by capture time, in the order in which they came. */
  private static final class Reel {
    private final LinkedHashMap<Long, Kept> frames = new LinkedHashMap<>();
    private @Nullable Kept latest;
    private long bytes;

    /** By how many bytes this grew. */
    long add(Kept kept) {
      Kept before = frames.remove(kept.frame().captureMicros());
      frames.put(kept.frame().captureMicros(), kept);
      latest = kept;
      long growth = size(kept) - (before == null ? 0 : size(before));
      bytes += growth;
      return growth;
    }

    long drop() {
      Iterator<Kept> oldest = frames.values().iterator();
      long size = size(oldest.next());
      oldest.remove();
      bytes -= size;
      return size;
    }

    private static long size(Kept kept) {
      return kept.frame().image().length + OVERHEAD_BYTES;
    }
  }
}
