package dev.flamingostreams.bench.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.bench.Percentile;
import dev.flamingostreams.schema.Caption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How long after they were due captions were seen, the first windows of each stream left out. */
final class Latencies {
  private final int warmUpWindows;
  private final Set<String> clips = new HashSet<>();
  private final Map<String, Integer> windows = new HashMap<>();
  private final List<Long> micros = new ArrayList<>();
  private int doubled;

  Latencies(int warmUpWindows) {
    this.warmUpWindows = warmUpWindows;
  }

  void seen(Caption caption, long afterDueMicros) {
    if (!clips.add(caption.clip())) {
      doubled++;
    } else if (windows.merge(caption.stream(), 1, Integer::sum) > warmUpWindows) {
      micros.add(afterDueMicros);
    }
  }

  int captions() {
    return clips.size();
  }

  void write(ObjectNode into) {
    long[] all = micros.stream().mapToLong(Long::longValue).toArray();
    into.put("doubled", doubled).put("measured", all.length);
    into.put("p50_ms", millis(all, 50)).put("p95_ms", millis(all, 95));
    into.put("max_ms", millis(all, 100));
  }

  private static long millis(long[] micros, int percent) {
    return (long) Percentile.of(micros, percent) / 1_000;
  }
}
