package dev.flamingostreams.dashboard;

import dev.flamingostreams.dashboard.RecentFrames.Kept;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A few frames of the clip that raised each of the last alerts. Those that have come are kept; one
 * that comes later, since topics are read side by side, is found among the recent ones. Not
 * thread-safe.
 */
final class AlertFrames {
  static final int OF_EACH = 4;

  /** A larger image is no thumbnail. */
  static final int MOST_BYTES = 1 << 20;

  private final RecentFrames recent;
  private final int most;
  private final Map<Long, Entry> kept = new LinkedHashMap<>();

  private record Entry(int camera, List<Long> micros, Map<Long, byte[]> images) {}

  AlertFrames(RecentFrames recent, int most) {
    this.recent = recent;
    this.most = most;
  }

  /** Capture times of what can be asked for: first, last, and some between. */
  List<Long> keep(long alert, int camera, List<Long> frameMicros) {
    List<Long> micros = spread(frameMicros);
    Map<Long, byte[]> images = new HashMap<>();
    for (long time : micros) {
      byte[] image = recent(camera, time);
      if (image != null) {
        images.put(time, image);
      }
    }
    kept.put(alert, new Entry(camera, micros, images));
    if (kept.size() > most) {
      kept.remove(kept.keySet().iterator().next());
    }
    return micros;
  }

  byte @Nullable [] get(long alert, int index) {
    Entry entry = kept.get(alert);
    if (entry == null || index < 0 || index >= entry.micros.size()) {
      return null;
    }
    long time = entry.micros.get(index);
    byte[] image = entry.images.get(time);
    return image == null ? recent(entry.camera, time) : image;
  }

  private byte @Nullable [] recent(int camera, long time) {
    Kept frame = recent.at(camera, time);
    return frame == null || frame.frame().image().length > MOST_BYTES
        ? null
        : frame.frame().image();
  }

  private static List<Long> spread(List<Long> all) {
    return all.size() <= OF_EACH
        ? all
        : IntStream.range(0, OF_EACH)
            .mapToObj(i -> all.get(Math.round(i * (all.size() - 1) / (OF_EACH - 1f))))
            .toList();
  }
}
